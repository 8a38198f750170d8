import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import { openDatabase, type Database } from '../../src/db/sqlite/database.ts';
import { openSqliteIdempotencyStore } from '../../src/db/sqlite/sqlite-idempotency-store.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { App } from '../../src/routes/http/route.ts';
import { ana } from '../support/principals.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: Database;
let app: App;
let created = 0;
let held: Promise<void> = Promise.resolve();

beforeEach(async () => {
  created = 0;
  held = Promise.resolve();
  folder = await temporaryFolder();
  database = await openDatabase(folder.file('data.db'));
  app = await buildApp({
    authenticate: async (authorization) => ({ ...ana, userId: authorization ?? '' }),
    routes: [orders],
    logLevel: 'silent',
    idempotency: await openSqliteIdempotencyStore(database),
  });
});
afterEach(async () => {
  await app.close();
  await database[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

function orders(server: App): void {
  server.post(
    '/orders',
    { config: { access: { scope: 'ask' } }, schema: { body: z.strictObject({ item: z.string() }) } },
    async (request, reply) => {
      created += 1;
      const number = created;
      await held;
      if (request.body.item === 'nothing left') throw new AppError('conflict');
      if (request.body.item === 'broken') throw new AppError('storage_failed');
      return reply.status(201).header('location', `/orders/${number}`).send({ number });
    },
  );
}

const order = (item: string, { key = 'k1', as = 'ana' }: { key?: string; as?: Principal['userId'] } = {}) =>
  app.inject({
    method: 'POST',
    url: '/orders',
    headers: { authorization: as, 'idempotency-key': key },
    payload: { item },
  });

describe('Idempotency-Key', () => {
  it('gives the first reply again, and does nothing twice', async () => {
    const first = await order('tea');
    const second = await order('tea');
    expect(created).toBe(1);
    expect([second.statusCode, second.body, second.headers.location]).toEqual([201, first.body, '/orders/1']);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  it('is separate for each account', async () => {
    await order('tea');
    await order('tea', { as: 'bia' });
    expect(created).toBe(2);
  });

  it('refuses another request under the same key', async () => {
    await order('tea');
    const other = await order('coffee');
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ code: 'idempotency_mismatch' });
  });

  it('refuses a repetition while the first is being answered', async () => {
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    const first = order('tea');
    await expect.poll(() => created).toBe(1);
    const second = await order('tea');
    expect(second.statusCode).toBe(409);
    expect(second.headers['retry-after']).toBe('1');
    release();
    expect((await first).statusCode).toBe(201);
  });

  it('repeats an error that was the fault of the caller, and runs again after one of ours', async () => {
    expect((await order('nothing left')).statusCode).toBe(409);
    const repeated = await order('nothing left');
    expect(repeated.json()).toMatchObject({ code: 'conflict' });
    expect(repeated.headers['content-type']).toContain('application/problem+json');
    expect(created).toBe(1);
    await order('broken', { key: 'k2' });
    await order('broken', { key: 'k2' });
    expect(created).toBe(3);
  });

  it.each(['', 'a'.repeat(256), 'with space', 'ação'])('must be printable ASCII: not "%s"', async (key) => {
    const reply = await order('tea', { key });
    expect(reply.statusCode).toBe(400);
  });
});
