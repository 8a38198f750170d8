import { expect, it } from 'vitest';
import { describeInBrowser, password } from '../support/in-browser.ts';

describeInBrowser('logging in', ({ url, arrive, enter }) => {
  it('says in the language of the browser what a wrong password means', async () => {
    const page = await arrive();
    await page.getByLabel('Usuário').fill('admin');
    await page.getByLabel('Senha', { exact: true }).fill('errada');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('O usuário ou a senha não confere.');
  });

  it('lasts when the page is loaded again, and in a second page of the browser', async () => {
    const page = await enter({ language: 'en' });
    await page.reload();
    await page.getByRole('link', { name: 'Ask' }).waitFor();
    const second = await page.context().newPage();
    await Promise.all([page.reload(), second.goto(url())]);
    for (const each of [page, second]) await each.getByRole('link', { name: 'Ask' }).waitFor();
  });

  it('keeps nothing that opens the account where a script can read it', async () => {
    const page = await enter();
    const readable = await page.evaluate(() => JSON.stringify([document.cookie, localStorage, sessionStorage]));
    expect(readable).not.toMatch(/bilr_|eyJ/);
    const [cookie] = await page.context().cookies(`${url()}/auth/session`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/auth/session' });
    expect(await page.content()).not.toContain(password);
  });

  it('ends for the whole browser', async () => {
    const page = await enter();
    await page.getByRole('button', { name: 'Conta de admin' }).click();
    await page.getByRole('button', { name: 'Sair' }).click();
    await page.getByRole('button', { name: 'Entrar' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Entrar' }).waitFor();
    expect(await page.context().cookies(`${url()}/auth/session`)).toEqual([]);
  });

  it('is asked for again when the login was ended elsewhere', async () => {
    const page = await enter();
    await page.context().clearCookies();
    await page.reload();
    await page.getByText('Seu acesso terminou. Entre de novo para continuar.').waitFor();
    await page.reload();
    await page.getByText('com as fontes à vista').waitFor();
  });
});
