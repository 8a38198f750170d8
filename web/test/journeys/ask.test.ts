import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ask } from '../support/ask.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import { asEvents, sampleAnswer, sampleConversation } from '../support/sample-answer.ts';

describeInBrowser('asking', ({ url, enter }) => {
  it('goes in Portuguese from the first question to the cited words and a correction', async () => {
    const page = await enter();
    const answer = await ask(page, 'Qual é o prazo de entrega para Manaus?');
    expect(await answer.locator('.markdown').innerText()).toContain('12 dias úteis');
    await answer.locator('.marker').click();
    const viewer = page.getByRole('dialog', { name: 'Política de entregas' });
    const highlight = viewer.locator('.viewer-highlight');
    expect(await highlight.innerText()).toMatch(/^Para Manaus, o prazo de entrega é de 12 dias úteis/);
    await expect.poll(() => highlight.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await answer.getByRole('button', { name: 'Resposta ruim' }).click();
    await page.getByLabel('Qual seria a resposta certa?').fill('São 12 dias úteis por via fluvial.');
    await page.getByRole('button', { name: 'Enviar avaliação' }).click();
    await page.getByText('Obrigado. Sua avaliação foi guardada.').waitFor();
    expect(await answer.getByRole('button', { name: 'Resposta ruim' }).getAttribute('aria-pressed')).toBe('true');
    await page.reload();
    await expect
      .poll(() => answer.getByRole('button', { name: 'Resposta ruim' }).getAttribute('aria-pressed'))
      .toBe('true');
  });

  it('goes in English from the first question to the cited words and a good rating', async () => {
    const page = await enter({ language: 'en' });
    const answer = await ask(page, 'How long do orders to Japan take?');
    expect(await answer.locator('.markdown').innerText()).toContain('21 business days');
    await answer.getByRole('region', { name: 'Sources' }).getByRole('button').click();
    const viewer = page.getByRole('dialog', { name: 'Shipping policy' });
    expect(await viewer.locator('.viewer-highlight').innerText()).toContain('21 business days');
    await page.getByRole('button', { name: 'Close' }).click();
    await answer.getByRole('button', { name: 'Good answer' }).click();
    await page.getByText('Thank you. Your rating was kept.').waitFor();
  });

  it('shows what came closest when no document answers', async () => {
    const page = await enter();
    const answer = await ask(page, 'Qual é o salário do presidente da Aurora?');
    expect(await answer.locator('.markdown').innerText()).toMatch(/^Não sei/);
    const nearest = answer.getByRole('region', { name: 'Trechos mais próximos' });
    await nearest.getByRole('button').first().click();
    expect((await page.getByRole('dialog').locator('.viewer-highlight').innerText()).length).toBeGreaterThan(10);
  });

  it('understands a follow-up, and finds the conversation again', async () => {
    const page = await enter();
    await ask(page, 'Qual é o prazo de entrega para Manaus?');
    await ask(page, 'Quanto custa a entrega expressa?');
    await page.reload();
    await expect.poll(() => page.locator('.turn').count()).toBe(2);
    expect(page.url()).toMatch(/#\/ask\/con_/);
  });

  it('lets a conversation be searched without accents, renamed, exported and deleted', async () => {
    const page = await enter({ language: 'en' });
    await ask(page, 'Com quanta antecedência devo pedir férias?');
    const list = page.getByRole('complementary', { name: 'Conversations' });
    await list.getByRole('button', { name: /Options of “Com quanta/ }).click();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Férias do João');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await list.getByRole('searchbox').fill('joao ferias');
    await list.getByRole('link', { name: 'Férias do João' }).waitFor();
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    await list.getByRole('button', { name: 'Options of “Férias do João”' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as text' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Férias-do-João.md');
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toMatch(/^# Férias do João\n\n> Com quanta antecedência devo pedir férias\?\n\n.*45 dias/);
    expect(text).toContain('[1] Férias e ausências: “');
    await list.getByRole('button', { name: 'Options of “Férias do João”' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No conversation with “joao ferias”.').waitFor();
    expect(page.url()).toBe(`${url()}/#/`);
  });

  it('copies an answer with its sources, and brings a question back to be changed', async () => {
    const page = await enter();
    const answer = await ask(page, 'Qual é o telefone do atendimento?');
    await answer.getByRole('button', { name: 'Copiar resposta' }).click();
    await page.getByText('Copiado.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/0800 555 0142[\s\S]*\[1\] .*: “/);
    await page.getByRole('button', { name: 'Editar pergunta' }).click();
    const field = page.getByRole('textbox', { name: 'Sua pergunta' });
    expect(await field.inputValue()).toBe('Qual é o telefone do atendimento?');
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('marks the sentences that no source supports', async () => {
    const page = await enter();
    const text = 'O prazo é de 12 dias [1]. O frete é *sempre* grátis.';
    const sentences = [
      { start: 0, end: 25, supported: true, citations: [1] },
      { start: 26, end: text.length, supported: false, citations: [] },
    ];
    const conversation = sampleConversation([sampleAnswer('ans_1', text, { sentences })]);
    await page.route('**/conversations/con_played', (route) => route.fulfill({ json: conversation }));
    await page.goto(`${url()}/#/ask/con_played`);
    await page.getByText('1 frase sem apoio nas fontes, sublinhada').waitFor();
    expect((await page.locator('.answer .unsupported').allInnerTexts()).join('|')).toBe('O frete é |sempre| grátis.');
  });

  it('stops when asked to, and asks again', async () => {
    const page = await enter();
    let answered = false;
    await page.route('**/ask/question', async (route) => {
      if (!answered) return undefined;
      return route.fulfill({
        contentType: 'text/event-stream',
        body: asEvents(sampleAnswer('ans_1', 'Doze dias [1].')),
      });
    });
    await page.getByRole('textbox', { name: 'Sua pergunta' }).fill('Qual é o prazo?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Parar' }).click();
    await page.locator('.answer-status', { hasText: 'Você parou esta resposta.' }).waitFor();
    answered = true;
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    await page.locator('.answer .marker').waitFor();
  });
});
