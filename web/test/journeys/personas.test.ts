import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seriousFaults } from '../support/axe.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import { isTooWide, visitors } from '../support/visitors.ts';

const system = 'Você atende clientes da loja.';

describeInBrowser('personas', ({ url, enter }) => {
  const open = async (page: Page): Promise<void> => {
    await page.goto(`${url()}/#/operate/personas`);
    await page.getByRole('table', { name: 'Personas' }).waitFor();
  };
  const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });

  it('makes one over documents, copies it, changes it, and deletes it when asked twice', async () => {
    const page = await enter();
    await open(page);
    await page.getByRole('button', { name: 'Nova persona' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nome').fill('atendimento');
    await dialog.getByLabel('Modelo', { exact: true }).selectOption('nano');
    await dialog.getByLabel('Instruções').fill(system);
    await dialog.getByText('De algumas coleções').click();
    expect(await dialog.getByRole('button', { name: 'Salvar' }).isDisabled()).toBe(true);
    await dialog.getByLabel('exemplos').check();
    await dialog.getByLabel('Temperatura').fill('0.3');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await page.getByText('Persona atendimento criada.').waitFor();
    expect(await rowOf(page, 'atendimento:latest').innerText()).toMatch(/nano[\s\S]*Você atende[\s\S]*exemplos/);

    await page.getByRole('button', { name: 'Copiar atendimento:latest' }).click();
    expect(await dialog.getByLabel('Instruções').inputValue()).toBe(system);
    await dialog.getByLabel('Nome').fill('vendas');
    await dialog.getByText('Só do modelo').click();
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await rowOf(page, 'vendas:latest').waitFor();

    await page.getByRole('button', { name: 'Alterar vendas:latest' }).click();
    expect(await dialog.getByLabel('Temperatura').inputValue()).toBe('0.3');
    await dialog.getByLabel('Instruções').fill('');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await page.getByText('Persona vendas:latest alterada.').waitFor();
    await expect.poll(() => rowOf(page, 'vendas:latest').innerText()).not.toContain('Você atende');

    await page.getByRole('button', { name: 'Excluir vendas:latest' }).click();
    await dialog.getByRole('button', { name: 'Excluir' }).click();
    await rowOf(page, 'vendas:latest').waitFor({ state: 'detached' });
  });

  it('says what is wrong with a new one, keeps what was written, and cannot delete what came with the service', async () => {
    const page = await enter();
    await open(page);
    expect(await page.getByRole('button', { name: 'Excluir billumy:latest' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Nova persona' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nome').fill('billumy');
    await dialog.getByLabel('Instruções').fill(system);
    // With the keyboard alone.
    await dialog.getByLabel('Nome').press('Enter');
    await expect.poll(() => dialog.getByRole('alert').innerText()).toContain('billumy:latest');
    expect(await dialog.getByLabel('Instruções').inputValue()).toBe(system);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Nova persona');
  });

  it.each(visitors)('can be used by everybody: $theme, $width pixels, $language', async (visitor) => {
    const page = await enter(visitor);
    await open(page);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('button', { name: /^(?:Nova persona|New persona)$/ }).click();
    await page.getByText(/^(?:De algumas coleções|Some collections)$/).click();
    await page.getByLabel('exemplos').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
  });
});
