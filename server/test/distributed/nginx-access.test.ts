import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { describe, expect, it } from 'vitest';
import { echo, nginxIsMissing, openFront, problemOf, validToken } from '../support/nginx-front.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const authorized = { authorization: validToken };

describe.skipIf(nginxIsMissing)('nginx before the service (install nginx to run it)', () => {
  describe('who is not known', () => {
    it.each([
      '/documents',
      '/datasets',
      '/insights',
      '/training/train',
      '/api/blobs/sha256:0',
      '/api/generate',
      '/v1/chat/completions',
    ])('is refused at %s before any of the body is taken', async (path) => {
      await using front = await openFront([echo]);
      const { status, continued } = await announceUpload(front.port, { path, headers: {} });
      expect({ status, continued }).toEqual({ status: 401, continued: false });
      expect(front.replicas[0]!.requests).toEqual([]);
    });

    it('is told from who is', async () => {
      await using front = await openFront([echo]);
      const { status, continued } = await announceUpload(front.port, { path: '/documents', headers: authorized });
      expect({ status, continued }).toEqual({ status: 200, continued: true });
    });

    it('hears in the words of the catalogue what is missing, and whether to refresh the token', async () => {
      await using front = await openFront([echo]);
      const reply = await fetch(`${front.url}/metrics`);
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
      expect((await problemOf(reply)).code).toBe('unauthenticated');
      const expired = await fetch(`${front.url}/documents`, { headers: { authorization: 'Bearer old' } });
      expect((await problemOf(expired)).code).toBe('token_expired');
    });

    it('hears it in the form of the dialect', async () => {
      await using front = await openFront([echo]);
      const bodyOf = async (path: string): Promise<unknown> => (await fetch(front.url + path)).json();
      expect(await bodyOf('/api/tags')).toMatchObject({ error: expect.stringMatching(/^Send the header/) as string });
      expect(await bodyOf('/v1/models')).toMatchObject({ error: { code: 'invalid_api_key' } });
      expect(await bodyOf('/v1/messages')).toMatchObject({ type: 'error', error: { type: 'authentication_error' } });
    });

    it('stays out when the service cannot say who it is', async () => {
      await using front = await openFront([echo]);
      const reply = await fetch(`${front.url}/documents`, { headers: { authorization: 'Bearer broken' } });
      expect((await problemOf(reply)).code).toBe('part_unavailable');
      expect(front.replicas[0]!.requests).toEqual([]);
    });

    it('cannot ask in the name of nginx', async () => {
      await using front = await openFront([echo]);
      expect((await fetch(`${front.url}/internal/token`, { headers: authorized })).status).toBe(404);
    });
  });

  describe('certificates', () => {
    it('make it HTTPS, which is told to browsers and to the service', async () => {
      await using folder = await temporaryFolder();
      makeCertificate(folder.path);
      await using front = await openFront([echo], folder.path);
      const call = httpsRequest({
        host: 'localhost',
        port: front.port,
        path: '/usage',
        ca: readFileSync(folder.file('fullchain.pem')),
      });
      const [reply] = (await once(call.end(), 'response')) as [IncomingMessage];
      expect(reply.statusCode).toBe(200);
      expect(reply.headers['strict-transport-security']).toBe('max-age=31536000');
      expect(JSON.parse(Buffer.concat(await reply.toArray()).toString())).toMatchObject({
        'x-forwarded-proto': 'https',
      });
    });

    it('leave nothing that speaks HTTP', async () => {
      await using folder = await temporaryFolder();
      makeCertificate(folder.path);
      await using front = await openFront([echo], folder.path);
      expect((await problemOf(await fetch(`${front.url}/usage`))).code).toBe('invalid_request');
      expect(front.replicas[0]!.requests).toEqual([]);
    });
  });
});

/** Asks, as curl does with large files, whether to send the body; sends it only when told so. */
async function announceUpload(
  port: number,
  { path, headers }: { path: string; headers: Record<string, string> },
): Promise<{ status: number | undefined; continued: boolean }> {
  const megabyte = 1024 * 1024;
  const call = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    headers: { ...headers, expect: '100-continue', 'content-length': megabyte },
  });
  let continued = false;
  call.once('continue', () => {
    continued = true;
    call.end(Buffer.alloc(megabyte));
  });
  call.flushHeaders();
  const [reply] = (await once(call, 'response')) as [IncomingMessage];
  call.destroy();
  return { status: reply.statusCode, continued };
}

function makeCertificate(folder: string): void {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    `${folder}/privkey.pem`,
  ];
  execFileSync('openssl', ['req', '-x509', ...key, '-days', '1', ...subject, '-out', `${folder}/fullchain.pem`], {
    stdio: 'ignore',
  });
}
