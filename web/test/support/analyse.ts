import type { Page } from 'playwright-core';

export interface AskedTables {
  files?: readonly { name: string; mimeType: string; buffer: Buffer }[];
  /** One that was uploaded before. */
  kept?: RegExp;
  question?: string;
}

/** A file as a person would choose it. */
export function table(name: string, content: string) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(content) };
}

/** Asks about tables on the page of insights, and waits for the whole report. */
export async function analyse(page: Page, { files = [], kept, question = '' }: AskedTables): Promise<void> {
  if (files.length > 0) await page.locator('input[type=file]').setInputFiles([...files]);
  if (kept !== undefined) {
    const choice = page.getByLabel(/^(?:Ou use uma já enviada|Or use one uploaded before)$/);
    const option = choice.locator('option').filter({ hasText: kept }).first();
    await choice.selectOption(await option.getAttribute('value'));
  }
  await page.getByLabel(/^(?:Pergunta|Question) \(op/).fill(question);
  await page.getByRole('button', { name: /^(?:Analisar|Analyse)$/ }).click();
  await page.getByText(/^(?:Análise pronta|The analysis is done)/).waitFor({ timeout: 90_000 });
}
