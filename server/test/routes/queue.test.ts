import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createQueue } from '../../src/core/queue/queue.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { EngineStatus } from '../../src/ports/engine.ts';
import { queueRoutes } from '../../src/routes/queue.ts';
import type { App } from '../../src/routes/http/route.ts';
import { ana } from '../support/principals.ts';

let app: App | undefined;
afterEach(() => app?.close());

const status: EngineStatus = {
  state: 'ok',
  reason: null,
  loaded: [],
  waiting: 3,
  queues: [
    {
      model: 'nano',
      adapter: null,
      slots: 4,
      busy: 4,
      waiting: [
        { callerId: 'usr_bia', priority: 'interactive', waitedMs: 1200.4 },
        { callerId: 'usr_ana', priority: 'interactive', waitedMs: 800 },
        { callerId: undefined, priority: 'batch', waitedMs: 5000 },
      ],
    },
  ],
};

const names = { of: async () => new Map([['usr_bia', 'bia']]) };

async function show(principal: Principal) {
  app = await buildApp({
    authenticate: async () => principal,
    logLevel: 'silent',
    routes: [queueRoutes({ queue: createQueue({ engine: { status: async () => status } }), names })],
  });
  return app.inject('/queue');
}

const totals = { model: 'nano', adapter: null, slots: 4, busy: 4, waiting: { interactive: 2, batch: 1 } };
const own = { place: 2, caller: 'usr_ana', caller_name: null, own: true, priority: 'interactive', waited_ms: 800 };

describe('GET /queue', () => {
  it('shows totals, and of the calls that wait those of the caller', async () => {
    expect((await show(ana)).json()).toEqual({ models: [{ ...totals, calls: [own] }] });
  });

  it('tells a key about calls of that key only', async () => {
    expect((await show({ ...ana, keyId: 'key_1' })).json()).toEqual({ models: [{ ...totals, calls: [] }] });
  });

  it('shows an administrator who waits', async () => {
    const reply = await show({ ...ana, scopes: ['admin'] });
    expect(reply.json()).toEqual({
      models: [
        {
          ...totals,
          calls: [
            { place: 1, caller: 'usr_bia', caller_name: 'bia', own: false, priority: 'interactive', waited_ms: 1200 },
            own,
            { place: 3, caller: null, caller_name: null, own: false, priority: 'batch', waited_ms: 5000 },
          ],
        },
      ],
    });
  });

  it('refuses tokens that may neither ask nor administer', async () => {
    const reply = await show({ ...ana, scopes: ['ingest'] });
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ code: 'scope_missing' });
  });
});
