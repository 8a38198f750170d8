import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import type { Deed } from '../../src/core/audit/audit-trail.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { noteBrokenReply, nameSubject } from '../../src/routes/http/note-deeds.ts';
import { signalOf } from '../../src/routes/http/in-flight.ts';
import type { App } from '../../src/routes/http/route.ts';
import { sendText } from '../../src/routes/http/text-stream.ts';
import { eventually } from '../support/eventually.ts';
import { ana } from '../support/principals.ts';

let app: App | undefined;
afterEach(() => app?.close());

type Ending = 'well' | 'badly' | 'never';

/** A stream that ends as told. */
function streamRoute(server: App): void {
  server.post(
    '/streams/:name',
    {
      config: { access: { scope: 'ask' }, audit: 'model.download' },
      schema: { params: z.object({ name: z.enum(['well', 'badly', 'never']) }) },
    },
    async (request, reply) => {
      const chunks = chunksThatEnd(request.params.name, signalOf(request), () => noteBrokenReply(request));
      return sendText(reply, { request, chunks, mediaType: 'text/plain', failure: () => 'failed' });
    },
  );
}

async function* chunksThatEnd(how: Ending, signal: AbortSignal, onFailure: () => void): AsyncGenerator<string> {
  yield 'begun\n';
  if (how === 'badly') {
    onFailure();
    yield 'error\n';
  }
  if (how === 'never') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

function failingRoute(server: App): void {
  server.delete('/things/:id', { config: { access: { scope: 'ask' }, audit: 'document.delete' } }, async (request) => {
    nameSubject(request, 'another name');
    throw new AppError('storage_failed');
  });
}

async function listen(note: (deed: Deed) => Promise<void>): Promise<string> {
  app = await buildApp({
    authenticate: async () => ana,
    note,
    routes: [streamRoute, failingRoute],
    logLevel: 'silent',
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

async function deedsOf(paths: readonly string[]): Promise<Deed[]> {
  const deeds: Deed[] = [];
  const url = await listen(async (deed) => void deeds.push(deed));
  for (const path of paths) await (await fetch(url + path, { method: 'POST' })).text();
  await eventually(async () => expect(deeds).toHaveLength(paths.length));
  return deeds;
}

describe('noting deeds', () => {
  it('says of a stream how it ended', async () => {
    const deeds = await deedsOf(['/streams/well', '/streams/badly']);
    const outcomes = Object.fromEntries(deeds.map(({ subject, outcome }) => [subject, outcome]));
    expect(outcomes).toEqual({ badly: 'failed', well: 'ok' });
  });

  it('says of a stream that its reader left', async () => {
    const deeds: Deed[] = [];
    const url = await listen(async (deed) => void deeds.push(deed));
    const sent = httpRequest(`${url}/streams/never`, { method: 'POST' });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    await once(response, 'data');
    response.destroy();
    await eventually(async () => expect(deeds).toMatchObject([{ subject: 'never', outcome: 'failed' }]));
  });

  it('says who did it, under the name that the route gave it, when it failed', async () => {
    const deeds: Deed[] = [];
    const url = await listen(async (deed) => void deeds.push(deed));
    const reply = await fetch(`${url}/things/1`, { method: 'DELETE' });
    expect(reply.status).toBe(500);
    expect(deeds).toEqual([
      {
        actor: { userId: 'usr_ana', username: 'ana', keyId: null },
        action: 'document.delete',
        subject: 'another name',
        outcome: 'failed',
        address: '127.0.0.1',
        requestId: reply.headers.get('x-request-id'),
      },
    ]);
  });
});
