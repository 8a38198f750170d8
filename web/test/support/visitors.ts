import type { Page } from 'playwright-core';

/** Both colour schemes and languages, on a desk and on a small phone. */
export const visitors = [
  { theme: 'light', width: 1280, language: 'pt' },
  { theme: 'dark', width: 1280, language: 'en' },
  { theme: 'light', width: 360, language: 'en' },
  { theme: 'dark', width: 360, language: 'pt' },
] as const;

/** Whether somebody would have to scroll sideways, in the window or in the part of it that scrolls. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const scrolling = document.querySelector('main') ?? document.documentElement;
    return document.documentElement.scrollWidth > window.innerWidth || scrolling.scrollWidth > scrolling.clientWidth;
  });
}
