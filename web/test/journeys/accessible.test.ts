import { expect, it } from 'vitest';
import { ask } from '../support/ask.ts';
import { seriousFaults } from '../support/axe.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import { isTooWide, visitors } from '../support/visitors.ts';

/** Pages that a person opens from the navigation. */
const addresses = ['/documents', '/training', '/insights', '/operate'];

describeInBrowser('every page', ({ url, arrive, enter }) => {
  it.each(visitors)('can be used by everybody: $theme, $width pixels, $language', async (visitor) => {
    const login = await arrive(visitor);
    expect(await seriousFaults(login)).toEqual([]);
    const page = await enter(visitor);
    expect(await seriousFaults(page)).toEqual([]);
    for (const address of addresses) {
      await page.goto(`${url()}/#${address}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await seriousFaults(page), address).toEqual([]);
      expect(await isTooWide(page), address).toBe(false);
    }
  });

  it.each(visitors)('can be asked by everybody: $theme, $width pixels, $language', async (visitor) => {
    const page = await enter(visitor);
    await ask(page, 'Qual é o salário do presidente da Aurora?');
    const answer = await ask(page, 'Qual é o prazo de entrega para Manaus?');
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await answer.locator('.marker').click();
    await page.locator('.viewer-highlight').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await answer.getByRole('button', { name: /^(?:Resposta ruim|Bad answer)$/ }).click();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('can be used with the keyboard alone', async () => {
    const page = await arrive();
    await page.getByLabel('Usuário').waitFor();
    await page.keyboard.type('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.type('mangueira-azul-42');
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Ir para o conteúdo');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Sua pergunta' }).focus();
    await page.keyboard.type('Qual é o prazo de entrega para Manaus?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copiar resposta' }).waitFor();
    const marker = page.locator('.marker');
    await marker.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => marker.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('tells who listens how far an answer is, and reads it', async () => {
    const page = await enter();
    await ask(page, 'Qual é o prazo de entrega para Manaus?');
    await ask(page, 'Quanto custa a entrega expressa?');
    await expect
      .poll(() => page.locator('.thread [aria-live]').innerText())
      .toMatch(/^Resposta completa\. .*R\$ 49,90/);
  });
});
