import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seriousFaults } from '../support/axe.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import {
  acceptedChecks,
  endedJob,
  jobAt,
  jobId,
  rejectedChecks,
  tellOf,
  versionId,
  versionWith,
} from '../support/training-replies.ts';
import { isTooWide, visitors } from '../support/visitors.ts';

const steps = Array.from({ length: 60 }, (_, index) => jobAt(index + 1));
const brokenLines = [
  '{"prompt": "Qual é o prazo?", "completion": "Dez dias."}',
  '',
  '{"prompt": "E o preço?"}',
  'nada',
];

describeInBrowser('training', ({ url, enter }) => {
  const open = async (page: Page, address: string): Promise<void> => {
    await page.goto(`${url()}/#/training${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

  it('shows beside each line what the service finds wrong with it, and leads there', async () => {
    const page = await enter();
    await open(page, '');
    await page.getByText('Nenhum treinamento ainda').waitFor();
    await page.getByRole('link', { name: 'Novo treinamento' }).first().click();
    await page.getByText('Arquivo ou texto').click();
    const file = { name: 'a.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(brokenLines.join('\n')) };
    await page.getByLabel('Arquivo JSONL').setInputFiles(file);
    await page.getByRole('button', { name: 'Treinar' }).click();
    const issues = page.getByRole('region', { name: '2 exemplos precisam de correção' }).getByRole('listitem');
    await expect.poll(() => issues.nth(0).innerText()).toMatch(/^Linha 3: completion [\s\S]*E o preço\?/);
    await expect.poll(() => issues.nth(1).innerText()).toMatch(/^Linha 4: [\s\S]*nada$/);
    await page.getByRole('button', { name: 'Ir para a linha 3' }).click();
    expect(await page.evaluate(() => window.getSelection()?.toString())).toBe(brokenLines[2]);
  });

  it('shows beside each written example what is wrong with it, and how many are still needed', async () => {
    const page = await enter();
    await open(page, '/new');
    await page.getByLabel('Pergunta').nth(1).fill('Qual é o prazo?');
    await page.getByRole('button', { name: 'Treinar' }).click();
    const second = page.getByRole('listitem').filter({ hasText: 'Exemplo 2' });
    await second.getByLabel('Resposta').and(page.locator('[aria-invalid]')).waitFor();
    await second.getByLabel('Resposta').fill('Dez dias.');
    await page.getByRole('button', { name: 'Treinar' }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('um treinamento pede pelo menos 8');
    expect(await second.getByLabel('Resposta').inputValue()).toBe('Dez dias.');
  });

  it('says so when nobody has rated an answer to learn from', async () => {
    const page = await enter();
    await open(page, '/new');
    await page.getByText('Só avaliações').click();
    await page.getByRole('button', { name: 'Treinar' }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('um treinamento pede pelo menos 8');
  });

  it('draws how a training goes, tells it in numbers, and pauses it', async () => {
    const page = await enter();
    await tellOf(page, steps);
    const paused = page.waitForRequest(`**/training/jobs/${jobId}/pause`);
    await page.route(`**/training/jobs/${jobId}/pause`, (route) => route.fulfill({ json: jobAt(60, 'paused') }));
    await open(page, `/jobs/${jobId}`);
    const chart = page.getByRole('img', { name: 'Erro ao longo do treinamento' });
    await expect.poll(() => chart.locator('desc').textContent()).toMatch(/de 5,18 para 0,249 até o passo 60/);
    for (const told of ['60 de 102', '129', '3 min']) await page.getByText(told, { exact: true }).waitFor();
    await page.getByText('Ver os números').click();
    await page.getByRole('row', { name: /^60 / }).waitFor();
    await page.getByRole('button', { name: 'Pausar' }).click();
    expect((await paused).method()).toBe('POST');
  });

  it('goes on by itself when the connection breaks', async () => {
    const page = await enter();
    await tellOf(page, steps.slice(0, 10));
    await open(page, `/jobs/${jobId}`);
    await page.getByText('A ligação com o serviço caiu. Tentando de novo…').waitFor();
    await page.getByText('10 de 102').waitFor();
    await page.unroute(`**/training/jobs/${jobId}/events`);
    await page.route(`**/training/versions/${versionId}`, (route) =>
      route.fulfill({ json: versionWith(acceptedChecks) }),
    );
    await tellOf(page, [endedJob(acceptedChecks)]);
    await page.getByText('A avaliação aprovou o resultado.').waitFor();
  });

  it('asks before a training is cancelled', async () => {
    const page = await enter();
    await tellOf(page, steps);
    const cancelled = page.waitForRequest(`**/training/jobs/${jobId}/cancel`);
    await page.route(`**/training/jobs/${jobId}/cancel`, (route) => route.fulfill({ json: jobAt(60, 'cancelled') }));
    await open(page, `/jobs/${jobId}`);
    await page.getByRole('button', { name: 'Cancelar treinamento' }).click();
    await page.getByRole('dialog').getByText('Isso não pode ser desfeito.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancelar treinamento' }).click();
    expect((await cancelled).method()).toBe('POST');
  });

  it('says what a rejected version failed at, and publishes it only with a reason', async () => {
    const page = await enter();
    await tellOf(page, [endedJob(rejectedChecks)]);
    await page.route(`**/training/versions/${versionId}`, (route) =>
      route.fulfill({ json: versionWith(rejectedChecks) }),
    );
    await page.route(`**/training/jobs/${jobId}/publish`, (route) =>
      route.fulfill({ json: versionWith(rejectedChecks, { in_force: true }) }),
    );
    await open(page, `/jobs/${jobId}`);
    await page.getByText('Passou a responder pior a perguntas sobre documentos.').waitFor();
    const row = page.getByRole('row', { name: /^Perguntas sobre documentos/ });
    await expect.poll(() => row.innerText()).toMatch(/98\s+71\s+pelo menos 96\s+Não passou/);
    await page.getByRole('button', { name: 'Publicar mesmo assim' }).click();
    const dialog = page.getByRole('dialog');
    const publish = dialog.getByRole('button', { name: 'Publicar mesmo assim' });
    expect(await publish.isDisabled()).toBe(true);
    await dialog.getByLabel('Por que ela deve responder').fill('Só usamos para o tom.');
    const [request] = await Promise.all([page.waitForRequest(`**/training/jobs/${jobId}/publish`), publish.click()]);
    expect(request.postDataJSON()).toEqual({ reason: 'Só usamos para o tom.' });
    await page.getByText('A versão responde agora.').waitFor();
  });

  it('tells which version answers, goes back from it, and exports it', async () => {
    const page = await enter();
    const items = [versionWith(acceptedChecks, { in_force: true }), versionWith(rejectedChecks, { id: 'ver_2' })];
    await page.route('**/training/versions?*', (route) => route.fulfill({ json: { items, next: null } }));
    await page.route('**/training/versions/*/adapter', (route) => route.fulfill({ body: 'GGUF of an adapter' }));
    await page.route('**/training/versions/*/merged', (route) => route.fulfill({ body: 'GGUF of a model' }));
    await page.route('**/training/rollback', (route) =>
      route.fulfill({ json: { base_model: 'nano', version: null, previous: null, changed_at: items[0]?.created_at } }),
    );
    await open(page, '/versions');
    const inForce = page.getByRole('article').filter({ hasText: 'Responde agora' });
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    expect(await inForce.getByRole('button', { name: 'Excluir' }).count()).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      inForce.getByRole('button', { name: 'Exportar', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${versionId}.gguf`);
    expect(await readFile(await download.path(), 'utf8')).toBe('GGUF of an adapter');
    const [merged] = await Promise.all([
      page.waitForEvent('download'),
      inForce.getByRole('button', { name: 'Exportar com o modelo' }).click(),
    ]);
    expect(merged.suggestedFilename()).toBe(`${versionId}-merged.gguf`);
    expect(await readFile(await merged.path(), 'utf8')).toBe('GGUF of a model');
    await inForce.getByRole('button', { name: 'Voltar à anterior' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Voltar à anterior' });
    const [request] = await Promise.all([page.waitForRequest('**/training/rollback'), confirm.click()]);
    expect(request.postDataJSON()).toEqual({ base_model: 'nano' });
    await page.getByText('O que respondia antes responde de novo.').waitFor();
  });

  it.each(visitors)('can be used by everybody: $theme, $width pixels, $language', async (visitor) => {
    const page = await enter(visitor);
    const version = versionWith(rejectedChecks);
    await page.route('**/training/versions?*', (route) => route.fulfill({ json: { items: [version], next: null } }));
    await page.route('**/training/jobs?*', (route) => route.fulfill({ json: { items: [jobAt(60)], next: null } }));
    await page.route(`**/training/versions/${versionId}`, (route) => route.fulfill({ json: version }));
    await tellOf(page, [...steps, endedJob(rejectedChecks)]);
    for (const address of ['', '/versions', '/new', `/jobs/${jobId}`]) {
      await open(page, address);
      await page.locator('.loading').waitFor({ state: 'detached' });
      await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
      expect(await seriousFaults(page), address).toEqual([]);
      expect(await isTooWide(page), address).toBe(false);
    }
  });
});
