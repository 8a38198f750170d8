import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { IdempotencyStore, StoredReply } from '../../ports/idempotency-store.ts';
import type { App } from './route.ts';

export const keptForMs = 24 * 60 * 60 * 1000;
const validKey = /^[\x21-\x7e]{1,255}$/;
const keptHeaders = ['content-type', 'location'];

/**
 * `Idempotency-Key` on POST: the first reply is kept for 24 h and given again to every repetition of the same request.
 * Failures of ours (5xx) and streams are not kept: repeating those runs them again.
 */
export function keepReplies(app: App, store: IdempotencyStore, now: () => Date = () => new Date()): void {
  const running = new WeakMap<FastifyRequest, string>();

  const release = async (request: FastifyRequest): Promise<void> => {
    const key = running.get(request);
    running.delete(request);
    if (key !== undefined) await store.release(key);
  };

  app.addHook('preHandler', async (request, reply) => {
    const key = storeKey(request);
    if (key === undefined) return;
    const fingerprint = fingerprintOf(request);
    const time = now();
    const expiresBefore = new Date(time.getTime() - keptForMs);
    const claim = await store.claim(key, { fingerprint, now: time, expiresBefore });
    if (claim.state === 'first') {
      running.set(request, key);
      return;
    }
    if (claim.fingerprint !== fingerprint) throw new AppError('idempotency_mismatch');
    if (claim.state === 'running') {
      throw new AppError('conflict', {
        detail: told`A request with this idempotency key is being answered.`,
        retryAfterSeconds: 1,
      });
    }
    await repeat(reply, claim.reply);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const key = running.get(request);
    if (key === undefined) return payload;
    if (reply.statusCode >= 500 || typeof payload !== 'string') {
      await release(request);
      return payload;
    }
    running.delete(request);
    await store.complete(key, { status: reply.statusCode, headers: headersToKeep(reply), body: payload });
    return payload;
  });
  // A reply that took the socket itself: there is nothing to repeat.
  app.addHook('onResponse', release);
}

function storeKey(request: FastifyRequest): string | undefined {
  const given = request.headers['idempotency-key'];
  if (given === undefined || request.method !== 'POST') return undefined;
  const { idempotency, access, url } = request.routeOptions.config;
  if (idempotency === false || access === 'public') return undefined;
  if (typeof given !== 'string' || !validKey.test(given)) {
    throw new AppError('invalid_request', {
      issues: [{ path: 'idempotency-key', message: told`must be 1 to 255 printable ASCII characters` }],
    });
  }
  return digest(JSON.stringify([request.principal.userId, request.principal.keyId, url, given]));
}

/** Of files and tables, which are still on their way, only the length is known. */
function fingerprintOf(request: FastifyRequest): string {
  const content = request.body ?? request.headers['content-length'];
  return digest(JSON.stringify([request.url, content ?? null]));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function headersToKeep(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

async function repeat(reply: FastifyReply, { status, headers, body }: StoredReply): Promise<void> {
  await reply
    .status(status)
    .headers({ ...headers, 'idempotency-replayed': 'true' })
    .serializer((payload: unknown) => String(payload))
    .send(body);
}
