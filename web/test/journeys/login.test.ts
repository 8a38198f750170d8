import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpawnedService } from '../../../server/test/support/spawn-service.ts';
import { noBrowser, openBrowser, type OpenedBrowser } from '../support/browser.ts';
import { logIn, password, startService } from '../support/service.ts';

describe.skipIf(noBrowser !== null)(`logging in${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  let service: SpawnedService;
  let browser: OpenedBrowser;
  beforeAll(async () => {
    service = await startService();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.[Symbol.asyncDispose]();
  });

  it('says in the language of the browser what a wrong password means', async () => {
    const page = await browser.open({ url: service.url });
    await page.getByLabel('Usuário').fill('admin');
    await page.getByLabel('Senha', { exact: true }).fill('errada');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('O usuário ou a senha não confere.');
  });

  it('lasts when the page is loaded again, and in a second page of the browser', async () => {
    const page = await browser.open({ url: service.url, language: 'en' });
    await logIn(page);
    await page.reload();
    await page.getByRole('link', { name: 'Ask' }).waitFor();
    const second = await page.context().newPage();
    await Promise.all([page.reload(), second.goto(service.url)]);
    for (const each of [page, second]) await each.getByRole('link', { name: 'Ask' }).waitFor();
  });

  it('keeps nothing that opens the account where a script can read it', async () => {
    const page = await browser.open({ url: service.url });
    await logIn(page);
    const readable = await page.evaluate(() => JSON.stringify([document.cookie, localStorage, sessionStorage]));
    expect(readable).not.toMatch(/bilr_|eyJ/);
    const [cookie] = await page.context().cookies(`${service.url}/auth/session`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/auth/session' });
    expect(await page.content()).not.toContain(password);
  });

  it('ends for the whole browser', async () => {
    const page = await browser.open({ url: service.url });
    await logIn(page);
    await page.getByRole('button', { name: 'Conta de admin' }).click();
    await page.getByRole('button', { name: 'Sair' }).click();
    await page.getByRole('button', { name: 'Entrar' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Entrar' }).waitFor();
    expect(await page.context().cookies(`${service.url}/auth/session`)).toEqual([]);
  });
});
