import {
  ask,
  connect,
  createApiKey,
  getJob,
  listDocuments,
  logIn,
  refreshTokens,
  uploadFiles,
  type UsageReply,
} from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { administratorPassword, asAdministrator } from '../support/api.ts';
import { newInstallation, serversMissing } from '../support/replicas.ts';

const garage = new File(['A garagem do prédio abre às 6h30.'], 'garagem.txt', { type: 'text/plain' });
const question = 'A que horas abre a garagem?';

/** An access token of the administrator, good for every service of the installation. */
async function administratorToken(url: string): Promise<string> {
  return (await logIn(connect({ url }), { username: 'admin', password: administratorPassword })).access_token;
}

async function statusOf(url: string, token: string): Promise<number> {
  return (await fetch(`${url}/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status;
}

const where = serversMissing === undefined ? '' : ` (${serversMissing})`;

describe.skipIf(serversMissing)(`two services over the same servers${where}`, { timeout: 180_000 }, () => {
  it('start at once with one administrator, and each goes on with what the other began', async () => {
    await using installation = await newInstallation();
    const [one, other] = await Promise.all([installation.start(), installation.start()]);
    const token = await administratorToken(one.url);
    const here = connect({ url: one.url, token });
    const there = connect({ url: other.url, token });

    expect(await here.json('/auth/users')).toMatchObject({ items: [{ username: 'admin' }], next: null });
    await uploadFiles(here, { files: [garage], waitSeconds: 60 });
    const answer = await ask(there, { question });
    expect(answer).toMatchObject({ answered: true, citations: [{ document: { title: 'garagem' } }] });

    const followUp = await ask(here, { question: 'E quando?', conversation_id: answer.conversation_id! });
    expect(followUp.conversation_id).toBe(answer.conversation_id);
    const { messages } = (await there.json(`/conversations/${answer.conversation_id}`)) as { messages: unknown[] };
    expect(messages).toHaveLength(4);

    expect(await ask(here, { question })).toMatchObject({ mode: 'cached', answer: answer.answer });
    await here.text(`/documents/${answer.citations[0]!.document.id}`, { method: 'DELETE' });
    expect(await ask(there, { question })).toMatchObject({ answered: false });
  });

  it('share logins, keys and their limits', async () => {
    await using installation = await newInstallation();
    const [one, other] = await Promise.all([installation.start(), installation.start()]);
    const tokens = await logIn(connect({ url: one.url }), { username: 'admin', password: administratorPassword });
    const renewed = await refreshTokens(connect({ url: other.url }), tokens.refresh_token);
    await expect(refreshTokens(connect({ url: one.url }), tokens.refresh_token)).rejects.toMatchObject({
      problem: { code: 'refresh_token_reused' },
    });
    await expect.poll(() => statusOf(one.url, renewed.access_token), { timeout: 7_000 }).toBe(401);

    const administrator = await asAdministrator(one.url);
    const { key, id } = await createApiKey(administrator, { name: 'few', scopes: ['ask'], requests_per_minute: 6 });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => statusOf(index % 2 === 0 ? one.url : other.url, key)),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(6);
    expect(statuses.filter((status) => status === 429)).toHaveLength(14);

    await administrator.text(`/auth/keys/${id}`, { method: 'DELETE' });
    await expect.poll(() => statusOf(other.url, key), { timeout: 7_000 }).toBe(401);
  });

  it('do once what is asked with one idempotency key, whichever gets it', async () => {
    await using installation = await newInstallation();
    const [one, other] = await Promise.all([installation.start(), installation.start()]);
    const token = await administratorToken(one.url);
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'the-same-document',
    };
    const body = JSON.stringify({ title: 'Garagem', text: 'A garagem abre às 6h30.' });
    const add = ({ url }: { url: string }) => fetch(`${url}/documents`, { method: 'POST', headers, body });
    const first = await Promise.all([one, other, one, other].map(add));
    expect(first.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    const replayed = await Promise.all([one, other].map(async (service) => (await add(service)).text()));
    expect(replayed[0]).toBe(replayed[1]);
    const { items } = await listDocuments(connect({ url: other.url, token }), {});
    expect(items.map(({ title }) => title)).toEqual(['Garagem']);
  });

  it('lose nothing when one is killed while it reads documents: the other goes on within 30 seconds', async () => {
    await using installation = await newInstallation();
    const one = await installation.start();
    const token = await administratorToken(one.url);
    const here = connect({ url: one.url, token });
    const files = Array.from({ length: 120 }, (_, index) => {
      const text = `# Filial ${index}\n\nA filial número ${index} fica na sala ${1000 + index}.\n`;
      return new File([text.repeat(20)], `filial-${index}.md`);
    });
    const { job, documents } = await uploadFiles(here, { files, collection: 'filiais', waitSeconds: 0 });
    await expect
      .poll(async () => (await getJob(here, job!.id)).progress.done, { timeout: 30_000, interval: 5 })
      .toBeGreaterThan(0);
    await one.stop('SIGKILL');

    const other = await installation.start();
    const there = connect({ url: other.url, token });
    await expect.poll(async () => (await getJob(there, job!.id)).attempts, { timeout: 30_000 }).toBe(2);
    await expect.poll(async () => (await getJob(there, job!.id)).status, { timeout: 90_000 }).toBe('succeeded');
    expect(await getJob(there, job!.id)).toMatchObject({ result: { ready: 120, failed: 0 } });
    expect(documents).toHaveLength(120);
    const found = await ask(there, { question: 'Em que sala fica a filial número 77?', collections: ['filiais'] });
    expect(found.citations.map(({ quote }) => quote).join(' ')).toContain('1077');
  });

  it('count together what was used', async () => {
    await using installation = await newInstallation();
    const [one, other] = await Promise.all([installation.start(), installation.start()]);
    const token = await administratorToken(one.url);
    const services = [one, other].map(({ url }) => connect({ url, token }));
    await uploadFiles(services[0]!, { files: [garage], waitSeconds: 60 });
    for (const [index, service] of services.entries()) {
      await ask(service, { question: `${question} ${'?'.repeat(index)}` });
    }
    for (const service of services) {
      await expect
        .poll(async () => ((await service.json('/usage')) as UsageReply).total.requests, { timeout: 15_000 })
        .toBe(2);
    }
  });
});
