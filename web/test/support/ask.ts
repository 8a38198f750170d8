import type { Locator, Page } from 'playwright-core';

/** Asks, and waits for the whole answer. */
export async function ask(page: Page, question: string): Promise<Locator> {
  const answers = page.locator('.answer');
  const before = await answers.count();
  await page.getByRole('textbox', { name: /^(?:Sua pergunta|Your question)$/ }).fill(question);
  await page.keyboard.press('Enter');
  const answer = answers.nth(before);
  await answer.getByRole('button', { name: /^(?:Copiar resposta|Copy answer)$/ }).waitFor();
  return answer;
}
