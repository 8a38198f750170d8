import type { Page } from 'playwright-core';

/** Addresses elsewhere that the page asks for from now on, whether they exist or not. */
export async function watchRequests(page: Page, url: string): Promise<string[]> {
  const elsewhere: string[] = [];
  await page.context().route(
    (address) => !address.href.startsWith(url) && address.protocol !== 'blob:',
    (route) => {
      elsewhere.push(route.request().url());
      return route.fulfill({ contentType: 'text/javascript', body: 'window.stolen = 1' });
    },
  );
  return elsewhere;
}

/** Whether what a stranger wrote was run: all that they write sets `window.stolen`. */
export const wasRun = (page: Page): Promise<boolean> => page.evaluate(() => 'stolen' in window);
