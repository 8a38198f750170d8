import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestClient } from '../../../../src/services/search/opensearch/rest/rest-client.ts';
import { toAppError } from '../../../../src/services/search/opensearch/rest/translate-errors.ts';
import { answers, openFlakyServer } from '../../../support/flaky-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const request = { method: 'GET', path: '/' } as const;
const folder = await temporaryFolder();
const keyFile = folder.file('key.pem');
const certificateFile = folder.file('certificate.pem');
let server: Server;
let port: number;

beforeAll(async () => {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', ['req', '-x509', ...key, '-days', '1', ...subject, '-out', certificateFile], {
    stdio: 'pipe',
  });
  server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) }, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await folder[Symbol.asyncDispose]();
});

async function outcome(url: string, certificates: string | null): Promise<unknown> {
  await using client = openRestClient({ urls: [url], certificates });
  return await client.send(request).catch((error: unknown) => toAppError(error));
}

const complaint = (text: string): object => ({
  code: 'part_unavailable',
  retryAfterSeconds: 60,
  detail: expect.stringContaining(text) as unknown,
});

describe('an OpenSearch with TLS (a server of the test)', () => {
  it('is used when its certificate is among those of the settings', async () => {
    expect(await outcome(`https://localhost:${port}`, readFileSync(certificateFile, 'utf8'))).toEqual({ ok: true });
  });

  it('is refused when its certificate is not trusted', async () => {
    expect(await outcome(`https://localhost:${port}`, null)).toMatchObject(complaint('OPENSEARCH_CA_FILE'));
  });

  it('is refused when its certificate is for another host', async () => {
    const outcomeOfOther = await outcome(`https://127.0.0.1:${port}`, readFileSync(certificateFile, 'utf8'));
    expect(outcomeOfOther).toMatchObject(complaint('another host'));
  });

  it('is not where no TLS is spoken, and the other way round', async () => {
    await using plain = await openFlakyServer([answers(200)]);
    expect(await outcome(plain.url.replace('http:', 'https:'), null)).toMatchObject(complaint('does not speak TLS'));
    expect(await outcome(`http://localhost:${port}`, null)).toMatchObject({ code: 'part_unavailable' });
  });
});
