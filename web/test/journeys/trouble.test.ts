import type { QueueReply } from '@billumy/protocol';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser } from '../support/in-browser.ts';

const problemOf = (status: number, code: string) => ({
  status,
  contentType: 'application/problem+json',
  headers: { 'retry-after': '1' },
  json: {
    type: `urn:billumy:error:${code}`,
    title: 'x',
    status,
    code,
    detail: 'The details.',
    request_id: 'req-7',
    retryable: status >= 429,
  },
});

const slowMs = 5_000;

/** Calls of the API, and not the page itself. */
const api = /\/(?:ask|auth|conversations|collections|documents|health|queue|v1)(?:\/|\?|$)/;

async function askSomething(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Sua pergunta' }).fill('Qual é o prazo?');
  await page.keyboard.press('Enter');
}

describeInBrowser('a service in trouble', ({ arrive, enter }) => {
  it('that is slow leaves a page that says what it waits for', async () => {
    const page = await enter();
    await page.route(api, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, slowMs));
      await route.continue();
    });
    await page.reload();
    await page.getByText('Ainda esperando: a confirmação do acesso.').waitFor();
    await page.getByText('Ainda esperando: suas conversas.').waitFor();
    await askSomething(page);
    await page.locator('.answer-status', { hasText: 'Procurando nos documentos…' }).waitFor();
    await page.locator('.answer-status', { hasText: 'O serviço está demorando mais que o normal.' }).waitFor();
    await page.getByRole('button', { name: 'Copiar resposta' }).waitFor();
  });

  it('that is busy shows the place in its queue', async () => {
    const page = await enter();
    const call = { place: 3, caller: null, caller_name: null, own: true, waited_ms: 900 };
    const waiting = { interactive: 3, batch: 0 };
    const calls = [{ ...call, priority: 'interactive' as const }];
    const queue: QueueReply = { models: [{ model: 'nano', adapter: null, slots: 1, busy: 1, waiting, calls }] };
    await page.route('**/queue', (route) => route.fulfill({ json: queue }));
    await page.route('**/ask/question', () => undefined);
    await askSomething(page);
    await page.locator('.answer-status', { hasText: 'Você está em 3º lugar na fila.' }).waitFor();
  });

  it('that downloads its model says how far it is', async () => {
    const page = await arrive();
    const download = {
      model: 'llama3.2:1b',
      state: 'running',
      bytes_done: 34,
      bytes_total: 100,
      bytes_per_second: 1,
      seconds_left: 66,
      error: null,
    };
    const readiness = { status: 'degraded', version: '0.1.0', parts: {}, downloads: [download] };
    await page.route('**/health/ready', (route) => route.fulfill({ json: readiness }));
    await logInOn(page);
    await page.getByText('O modelo llama3.2:1b está sendo baixado.').first().waitFor();
    await page.getByText(/34\s?% · falta 2 min/).waitFor();
  });

  it('that cannot be reached is told, and asked again by hand', async () => {
    const page = await enter();
    await page.route(api, (route) => route.abort('connectionrefused'));
    await page.reload();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('O serviço não respondeu.');
    await page.unroute(api);
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    await page.getByRole('textbox', { name: 'Sua pergunta' }).waitFor();
  });

  it.each([
    [503, 'overloaded', 'O serviço está com a fila cheia.'],
    [500, 'internal', 'Algo falhou dentro do serviço.'],
    [403, 'scope_missing', 'Sua conta não tem permissão para isso.'],
    [502, 'a_code_of_tomorrow', 'O serviço respondeu de um modo inesperado.'],
  ] as const)('that answers %s %s says what a person can do', async (status, code, text) => {
    const page = await enter();
    await page.route('**/ask/question', (route) => route.fulfill(problemOf(status, code)));
    await askSomething(page);
    const alert = page.getByRole('alert');
    await expect.poll(() => alert.innerText()).toContain(text);
    expect(await alert.innerText()).toContain('req-7');
    await page.unroute('**/ask/question');
    await alert.getByRole('button', { name: 'Tentar de novo' }).click();
    await page.getByRole('button', { name: 'Copiar resposta' }).waitFor();
  });

  it('that breaks off in the middle of an answer keeps what came, and says so', async () => {
    const page = await enter();
    const body = 'event: text-delta\ndata: {"delta":"O prazo é de"}\n\n';
    await page.route('**/ask/question', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
    await askSomething(page);
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('O serviço não respondeu.');
    expect(await page.locator('.answer .markdown').innerText()).toBe('O prazo é de');
  });

  it('that sends what no page could read leaves the page standing', async () => {
    const page = await enter();
    await page.route('**/conversations?*', (route) => route.fulfill({ json: { items: 'nenhuma' } }));
    await page.reload();
    await page.getByText('A resposta do serviço não pôde ser lida').waitFor();
    await page.getByRole('textbox', { name: 'Sua pergunta' }).waitFor();
  });
});

async function logInOn(page: Page): Promise<void> {
  await page.getByLabel('Usuário').fill('admin');
  await page.getByLabel('Senha', { exact: true }).fill('mangueira-azul-42');
  await page.getByRole('button', { name: 'Entrar' }).click();
}
