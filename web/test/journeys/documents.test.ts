import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, password } from '../support/in-browser.ts';

const text = `${'Manual da frota. O pneu reserva fica no baú. '.repeat(40)}\n\nA revisão é feita a cada 7.300 quilômetros.`;
const file = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content as string),
});

describeInBrowser('documents', ({ url, enter }) => {
  async function openDocuments(options: { language?: 'pt' | 'en'; width?: number } = {}): Promise<Page> {
    const page = await enter(options);
    await page.goto(`${url()}/#/documents`);
    return page;
  }

  it('are added from files, each with its state and the reason when it is not read', async () => {
    const page = await openDocuments();
    await page.getByLabel('Coleção', { exact: true }).first().fill('frota');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        file('manual.txt', text),
        file('vazio.txt', ' '),
        { name: 'foto.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a', 'hex') },
      ]);
    const uploads = page.getByRole('region', { name: 'Enviando' });
    await uploads.getByText('3 de 3 concluídos, 2 com problema').waitFor();
    const reasons = await uploads.getByRole('listitem').allInnerTexts();
    expect(reasons[0]).toContain('Pronto');
    expect(reasons[1]).toContain('O arquivo não tem texto');
    expect(reasons[2]).toContain('Este tipo de arquivo não é lido.');
    await page
      .getByRole('row', { name: /manual/i })
      .getByText('frota')
      .waitFor();
  });

  it('are not shown to who logs in next, when the login ends by itself', async () => {
    const page = await openDocuments();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([file('segredo.txt', 'Só para quem enviou.')]);
    const uploads = page.getByRole('region', { name: 'Enviando' });
    await uploads.getByText('1 de 1 concluído').waitFor();
    const ended = {
      type: 'urn:x',
      title: 'x',
      status: 401,
      code: 'unauthenticated',
      request_id: 'r',
      retryable: false,
    };
    await page.route('**/conversations?*', (route) => route.fulfill({ status: 401, json: ended }));
    await page.getByRole('link', { name: 'Perguntar' }).click();
    await page.getByText('Seu acesso terminou. Entre de novo para continuar.').waitFor();
    await page.unroute('**/conversations?*');
    await page.getByLabel('Usuário').fill('admin');
    await page.getByLabel('Senha', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('link', { name: 'Documentos', exact: true }).click();
    await page.getByRole('row', { name: /segredo/ }).waitFor();
    expect(await uploads.count()).toBe(0);
  });

  it('are added when they are dropped', async () => {
    const page = await openDocuments();
    await page.getByRole('region', { name: 'Adicionar documentos' }).evaluate((area) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['Solto na página.'], 'solto.txt', { type: 'text/plain' }));
      area.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await page.getByRole('row', { name: /solto/ }).waitFor();
  });

  it('show their text and how it was cut, and are found by the search with the score of each leg', async () => {
    const page = await openDocuments({ language: 'en' });
    await page.getByRole('link', { name: 'Try the search' }).click();
    await page.getByLabel('Question or words').fill('revisão quilômetros');
    await page.getByRole('button', { name: 'Search' }).click();
    const first = page.getByRole('region', { name: 'Passages found' }).getByRole('listitem').first();
    await first.getByText('7.300 quilômetros').waitFor();
    expect(await first.innerText()).toMatch(/By words\s*no\. 1/);
    await first.getByRole('button').click();
    await page.locator('[aria-current=true]').getByText('7.300 quilômetros').waitFor();
    await page.getByLabel('Text', { exact: true }).check({ force: true });
    await page.getByText('Manual da frota.').first().waitFor();
  });

  it('change their title and readers, and are deleted when it is confirmed', async () => {
    const page = await openDocuments();
    const row = (name: RegExp) => page.getByRole('row', { name });
    await row(/manual/i)
      .getByRole('button')
      .click();
    await page.getByRole('button', { name: 'Título, coleção e leitores' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Título').fill('Frota 2026');
    await dialog.getByLabel('Só alguns').check({ force: true });
    await dialog.getByLabel('Grupos').fill('frota, oficina');
    await dialog.getByRole('button', { name: 'Salvar' }).click();
    await row(/Frota 2026/)
      .getByText('leitura restrita')
      .waitFor();
    await row(/Frota 2026/)
      .getByRole('button')
      .click();
    await page.getByRole('button', { name: 'Excluir' }).click();
    await page.getByRole('dialog').getByText('Isso não pode ser desfeito.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Excluir' }).click();
    await page.getByText('Documento excluído.').waitFor();
    await expect.poll(() => row(/Frota 2026/).count()).toBe(0);
  });

  it('fit on a phone', async () => {
    const page = await openDocuments({ width: 360 });
    await page.getByRole('table').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
