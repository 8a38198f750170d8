import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with a page that keeps somebody from using it, as `rule: element`. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
