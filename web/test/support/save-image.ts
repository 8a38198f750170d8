import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

/** Keeps what is in sight as a picture for the documentation, when `BILLUMY_WRITE_IMAGES=1` asks for that. */
export async function saveImage(page: Page, name: string): Promise<void> {
  if (process.env['BILLUMY_WRITE_IMAGES'] !== '1') return;
  await mkdir(folder, { recursive: true });
  // Where the mouse happens to be is no part of it.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled', caret: 'hide' });
}
