import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClosingList } from '../../src/process/closing-list.ts';
import { administratorPassword, asAdministrator } from '../support/api.ts';
import { nginxIsMissing, openFrontOf } from '../support/nginx-front.ts';
import { spawnService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const token = 'uma-chave-de-exemplo';
const closing = createClosingList();
let url: string;
/** The address of the service itself. */
let directly: string;

describe.skipIf(nginxIsMissing)('nginx and a service on one machine (install nginx to run it)', () => {
  beforeAll(async () => {
    const folder = closing.add(await temporaryFolder());
    const settings = { DATA_DIR: folder.path, ADMIN_PASSWORD: administratorPassword, BILLUMY_TOKEN: token };
    const service = closing.add(await spawnService({ ...settings, OPEN_LOOPBACK: '1' }));
    directly = service.url;
    ({ url } = closing.add(await openFrontOf([new URL(service.url).host])));
  });
  afterAll(() => closing[Symbol.asyncDispose]());

  const statusOf = async (address: string, authorization?: string): Promise<number> =>
    (await fetch(address, { headers: authorization === undefined ? {} : { authorization } })).status;

  it('do not make a program elsewhere one of this machine', async () => {
    for (const path of ['/api/tags', '/v1/models', '/metrics']) {
      expect([path, await statusOf(directly + path), await statusOf(url + path)]).toEqual([path, 200, 401]);
    }
  });

  it('let in who has a token, as far as it reaches', async () => {
    expect(await statusOf(`${url}/api/tags`, `Bearer ${token}`)).toBe(200);
    expect(await statusOf(`${url}/metrics`, `Bearer ${token}`)).toBe(403);
    expect(await statusOf(`${url}/api/version`)).toBe(200);
    expect(await statusOf(`${url}/health/ready`)).toBe(200);
  });

  it('take documents that are larger than other requests may be', async () => {
    const administrator = await asAdministrator(url);
    const text = 'A garagem abre às 6h30. '.repeat(20_000);
    const added = await administrator.json('/documents', {
      method: 'POST',
      body: { title: 'Garagem', text },
      headers: { prefer: 'wait=60' },
    });
    expect(added).toMatchObject({ title: 'Garagem' });
  });

  it('take tables that are larger than other requests may be', async () => {
    const administrator = await asAdministrator(url);
    const rows = Array.from({ length: 60_000 }, (_, index) => `${index % 7};${index % 3 === 0 ? 'Sul' : 'Norte'}`);
    const form = new FormData();
    form.set('name', 'vendas');
    form.set('file', new File([['receita;regiao', ...rows].join('\n')], 'vendas.csv', { type: 'text/csv' }));
    const added = await administrator.json('/datasets', { method: 'POST', body: form });
    expect(added).toMatchObject({ name: 'vendas', format: 'csv' });
  });

  it('show the page to who opens them in a browser', async () => {
    const reply = await fetch(url, { headers: { accept: 'text/html' } });
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    const [script] = /\/assets\/index-[^"]+\.js/.exec(await reply.text()) ?? [];
    expect((await fetch(`${url}${script}`)).headers.get('cache-control')).toContain('immutable');
  });
});
