import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seriousFaults } from '../support/axe.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import { isTooWide, visitors } from '../support/visitors.ts';

const memberPassword = 'jabuticaba-roxa-77';
const sections = ['', '/models', '/personas', '/queue', '/usage', '/keys', '/users', '/audit'];

async function makeUser(page: Page, username: string, password = memberPassword): Promise<void> {
  await page.getByRole('button', { name: 'Novo usuário' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Usuário').fill(username);
  await dialog.getByLabel('Senha', { exact: true }).fill(password);
  await dialog.getByLabel('Grupos').fill('vendas, compras');
  await dialog.getByRole('button', { name: 'Novo usuário' }).click();
}

describeInBrowser('operating', ({ url, arrive, enter }) => {
  const open = async (page: Page, section: string): Promise<void> => {
    await page.goto(`${url()}/#/operate${section}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const statusOf = async (key: string): Promise<number> => {
    const reply = await fetch(`${url()}/auth/me`, { headers: { authorization: `Bearer ${key}` } });
    return reply.status;
  };

  it('makes users and keys, ends them, and finds all of it in the audit trail', async () => {
    const page = await enter();
    await open(page, '/users');
    await makeUser(page, 'bia');
    await page.getByText('Usuário bia criado.').waitFor();
    const row = page.getByRole('row', { name: /^bia/ });
    expect(await row.innerText()).toContain('vendas, compras');

    await open(page, '/keys');
    await page.getByRole('button', { name: 'Nova chave' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nome').fill('site de vendas');
    await dialog.getByLabel('De quem').selectOption('bia');
    await dialog.getByText('Mais limites').click();
    await dialog.getByLabel('Pedidos por minuto').fill('30');
    await dialog.getByRole('button', { name: 'Nova chave' }).click();
    const secret = await dialog.getByLabel('Chave', { exact: true }).inputValue();
    expect(await statusOf(secret)).toBe(200);
    await dialog.getByRole('button', { name: 'Copiar' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await dialog.getByRole('button', { name: 'Já copiei' }).click();
    const key = page.getByRole('row', { name: /^site de vendas/ });
    expect(await key.innerText()).toMatch(/bia[\s\S]*30 pedidos\/min/);
    expect(await page.content()).not.toContain(secret);

    await key.getByRole('button', { name: 'Revogar site de vendas' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revogar' }).click();
    await page.getByText('Chave revogada.').waitFor();
    await key.waitFor({ state: 'detached' });
    expect(await statusOf(secret)).toBe(401);

    await open(page, '/audit');
    for (const deed of ['Criou usuário', 'Criou chave', 'Revogou chave']) {
      await page.getByRole('row').filter({ hasText: deed }).first().waitFor();
    }
    await page.getByLabel('O quê').selectOption('Revogou chave');
    await page.getByRole('row').filter({ hasText: 'Criou usuário' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row').filter({ hasText: 'Revogou chave' }).count()).toBe(1);
    await page.getByLabel('Quem').fill('ninguem');
    await page.getByRole('button', { name: 'Limpar filtros' }).click();
    await page.getByRole('row').filter({ hasText: 'Criou usuário' }).waitFor();
  });

  it('says what is wrong with a new user, and keeps what was written', async () => {
    const page = await enter();
    await open(page, '/users');
    await makeUser(page, 'curto', 'abc');
    const alert = page.getByRole('dialog').getByRole('alert');
    await expect.poll(() => alert.innerText()).toContain('password: deve ter pelo menos 12 caracteres');
    expect(await page.getByRole('dialog').getByLabel('Usuário').inputValue()).toBe('curto');
    await page.getByRole('button', { name: 'Gerar' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Novo usuário' }).click();
    await page.getByText('Usuário curto criado.').waitFor();
  });

  it('lets a member see how the service is, their usage and their keys, and nothing else', async () => {
    const page = await enter();
    await open(page, '/users');
    await makeUser(page, 'caio');
    await page.getByText('Usuário caio criado.').waitFor();
    const member = await arrive();
    await member.getByLabel('Usuário').fill('caio');
    await member.getByLabel('Senha', { exact: true }).fill(memberPassword);
    await member.getByRole('button', { name: 'Entrar' }).click();
    await member.getByRole('link', { name: 'Operação' }).click();
    const parts = member.getByRole('navigation', { name: 'Partes da operação' }).getByRole('link');
    await expect.poll(() => parts.allInnerTexts()).toEqual(['Saúde', 'Fila', 'Uso', 'Chaves']);
    await open(member, '/users');
    await member.getByRole('heading', { name: 'Saúde' }).waitFor();
    await open(member, '/keys');
    await member.getByText('Nenhuma chave ainda').waitFor();
  });

  it('shuts a user out, and deletes them when asked twice', async () => {
    const page = await enter();
    await open(page, '/users');
    await makeUser(page, 'davi');
    await page.getByRole('button', { name: 'Alterar davi' }).click();
    await page.getByLabel('Desativar: não entra, e as suas chaves não funcionam').check();
    await page.getByRole('button', { name: 'Salvar' }).click();
    const row = page.getByRole('row', { name: /^davi/ });
    await expect.poll(() => row.innerText()).toContain('Desativado');
    const login = await fetch(`${url()}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'davi', password: memberPassword }),
    });
    expect(login.status).toBe(401);
    await page.getByRole('button', { name: 'Excluir davi' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Excluir' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('unloads a model and loads it again', async () => {
    const page = await enter();
    await open(page, '/models');
    const nano = page.getByRole('article', { name: 'nano', exact: true });
    await nano.getByRole('button', { name: 'Tirar da memória' }).click();
    await nano.getByRole('button', { name: 'Carregar' }).click();
    await page.getByText('nano está na memória.').waitFor();
    await nano.getByRole('button', { name: 'Tirar da memória' }).waitFor();
  });

  it('adds usage up by day, account and model', async () => {
    const page = await enter();
    await open(page, '/usage');
    const table = page.getByRole('table', { name: 'Uso no período' });
    await page.getByText('Modelo', { exact: true }).click();
    await expect.poll(() => table.innerText()).toMatch(/nano[\s\S]*100%/);
    await page.getByText('Quem', { exact: true }).click();
    await expect.poll(() => table.innerText()).toContain('admin');
  });

  it('tells which part is not well', async () => {
    const page = await enter();
    const parts = { storage: { status: 'ok', why: null }, search: { status: 'down', why: 'Start OpenSearch.' } };
    await page.route(/\/health\/ready$/, (route) =>
      route.fulfill({ status: 503, json: { status: 'down', version: '0', parts, downloads: [] } }),
    );
    await open(page, '');
    await expect
      .poll(() => page.getByRole('row', { name: /^Busca/ }).innerText())
      .toMatch(/Parado\s+Start OpenSearch\./);
  });

  it.each(visitors)('can be used by everybody: $theme, $width pixels, $language', async (visitor) => {
    const page = await enter(visitor);
    for (const section of sections) {
      await open(page, section);
      await page.locator('.loading').waitFor({ state: 'detached' });
      expect(await seriousFaults(page), section).toEqual([]);
      expect(await isTooWide(page), section).toBe(false);
    }
    await open(page, '/keys');
    await page.getByRole('button', { name: /^(?:Nova chave|New key)$/ }).click();
    await page.getByText(/^(?:Mais limites|More limits)$/).click();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
