import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { salesCsv } from '../../../server/test/support/insights/sales-csv.ts';
import { analyse, table } from '../support/analyse.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import type { VisitorOptions } from '../support/browser.ts';

const sales = salesCsv(1, { rows: 8_000 }).csv;
/** Too little to find anything in. */
const even = 'loja,valor\nA,1\nB,2\n';

describeInBrowser('insights', ({ url, enter }) => {
  async function open(visitor: VisitorOptions = {}): Promise<Page> {
    const page = await enter(visitor);
    await page.goto(`${url()}/#/insights`);
    return page;
  }

  it('answer a question about a table and tell what is noteworthy in it, with the query of every number', async () => {
    const page = await open();
    await analyse(page, { files: [table('vendas.csv', sales)], question: 'Qual foi a receita por região?' });
    const answer = page.getByRole('region', { name: 'Resposta' });
    expect(await answer.innerText()).toMatch(/Nordeste: 1\.241\.142/);
    await page.getByText('período incompleto').first().waitFor();
    const first = page.getByRole('article').first();
    expect(await first.innerText()).toMatch(/Concentração[\s\S]*Hipótese:/);
    await expect
      .poll(() =>
        first.getByRole('img').evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
      )
      .toBeGreaterThan(200);
    await first.getByText('De onde vêm os números').click();
    await first.getByRole('button', { name: 'Copiar a consulta e1' }).click();
    const sql = await page.evaluate(() => navigator.clipboard.readText());
    expect(sql).toMatch(/^(?:SELECT|WITH)\b/);
    expect(await first.locator('.sql').innerText()).toBe(sql);
    expect(await first.getByRole('region', { name: 'Resultado da consulta e1' }).innerText()).toContain('1850437.73');
    expect(await first.innerText()).toMatch(/sha256:[0-9a-f]{64}/);
  });

  it('are verified: every query runs again with the same result', async () => {
    const page = await open({ language: 'en' });
    await analyse(page, { kept: /^vendas/ });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/^Verified: \d+ queries ran again with identical results/).waitFor();
  });

  it('are looked for again when a person says what a column is', async () => {
    const page = await open();
    await analyse(page, { kept: /^vendas/ });
    await page.getByRole('button', { name: 'Corrigir colunas' }).click();
    await page.getByLabel('Papel: quantidade').selectOption('Ignorada');
    await page.getByLabel('Unidade: receita').fill('BRL');
    await page.getByRole('button', { name: 'Analisar de novo com as correções' }).click();
    await page
      .getByRole('row', { name: /^quantidade/ })
      .getByText('Ignorada', { exact: true })
      .waitFor();
    await page.getByText(/^Análise pronta/).waitFor();
    expect(await page.getByRole('row', { name: /^receita/ }).innerText()).toContain('BRL');
  });

  it('say what they would have to know to answer', async () => {
    const page = await open();
    await analyse(page, { kept: /^vendas/, question: 'Qual foi o faturamento líquido por vendedor?' });
    const answer = page.getByRole('region', { name: 'Resposta' });
    await answer.getByText('Para responder, falta saber').waitFor();
  });

  it('may be that nothing is significant', async () => {
    const page = await open();
    await analyse(page, { files: [table('iguais.csv', even)] });
    await page.getByRole('heading', { name: 'Nada significativo' }).waitFor();
  });

  it('tell beside the file in which row a table cannot be read', async () => {
    const page = await open();
    const broken = table('quebrada.csv', 'data;valor\n01/02/2024;3,5\n02/02/2024;4,5;9\n');
    await page.locator('input[type=file]').setInputFiles([broken, table('boa.csv', even)]);
    await page.getByRole('button', { name: 'Analisar' }).click();
    const item = page.getByRole('listitem').filter({ hasText: 'arquivo quebrada.csv' });
    await expect.poll(() => item.getByRole('alert').innerText()).toMatch(/A tabela não pôde ser lida[\s\S]*linha 3/);
    expect(await page.getByRole('alert').count()).toBe(1);
  });

  it('are found again, exported and deleted, and so are their tables', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Análises feitas' }).click();
    await page.getByRole('link', { name: 'Qual foi a receita por região?' }).click();
    await page.getByRole('article').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exportar JSON' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Qual-foi-a-receita-por-região.json');
    const report: unknown = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(report).toMatchObject({ question: 'Qual foi a receita por região?', status: 'complete' });
    await page.getByRole('button', { name: /^Excluir a análise/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Excluir' }).click();
    await page.getByText('Análise excluída.').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Qual foi a receita por região?' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Tabelas' }).click();
    await page.getByRole('button', { name: 'Excluir a tabela “iguais”' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Excluir' }).click();
    await expect.poll(() => page.getByRole('row', { name: /^iguais/ }).count()).toBe(0);
    await page
      .getByRole('row', { name: /^vendas/ })
      .getByRole('link', { name: 'Analisar' })
      .click();
    await page.getByText('já enviada', { exact: true }).waitFor();
  });

  it('stop when asked to', async () => {
    const page = await open();
    await page.route('**/insights', () => undefined);
    await page.locator('input[type=file]').setInputFiles(table('iguais.csv', even));
    await page.getByRole('button', { name: 'Analisar' }).click();
    await page.getByText('Lendo as tabelas…').waitFor();
    await page.getByRole('button', { name: 'Parar' }).click();
    await page.getByText('Você parou esta análise.').waitFor();
  });

  it('are asked for by dropping a table', async () => {
    const page = await open();
    await page.getByRole('region', { name: 'Tabelas' }).evaluate((area) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['loja,valor\na,1\n'], '2025 vendas.csv', { type: 'text/csv' }));
      area.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await page.getByText('t_2025_vendas', { exact: true }).waitFor();
  });
});
