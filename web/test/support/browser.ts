import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const browserPath = [process.env['CHROMIUM'], ...places].find((path) => path !== undefined && existsSync(path));

/** Stands in the name of every test that is skipped for want of one. */
export const noBrowser = browserPath === undefined ? 'there is no Chromium: apt-get install chromium' : null;

export interface PageOptions {
  url: string;
  language?: 'pt' | 'en';
  theme?: 'light' | 'dark';
  /** Pixels. */
  width?: number;
}

export interface OpenedBrowser extends AsyncDisposable {
  /** A page in a browser that has never been here, as somebody with that language and those colours has it. */
  open(options: PageOptions): Promise<Page>;
}

export async function openBrowser(): Promise<OpenedBrowser> {
  if (browserPath === undefined) throw new Error(noBrowser ?? '');
  const browser: Browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  const contexts: BrowserContext[] = [];
  return {
    async open({ url, language = 'pt', theme = 'light', width = 1280 }) {
      const context = await browser.newContext({
        locale: language === 'pt' ? 'pt-BR' : 'en-US',
        colorScheme: theme,
        viewport: { width, height: 800 },
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    async [Symbol.asyncDispose]() {
      for (const context of contexts) await context.close();
      await browser.close();
    },
  };
}
