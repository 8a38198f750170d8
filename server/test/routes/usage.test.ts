import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import type { Usage } from '../../src/core/usage/usage.ts';
import type { App } from '../../src/routes/http/route.ts';
import { usageRoutes } from '../../src/routes/usage.ts';
import { ana } from '../support/principals.ts';

let app: App | undefined;
afterEach(() => app?.close());

const counts = { requests: 2, promptTokens: 20, cachedTokens: 8, completionTokens: 6 };
const entry = { day: '2026-03-10', userId: 'usr_ana', keyId: null, model: 'nano', ...counts };

const names = { of: async () => new Map([['usr_ana', 'ana']]) };

async function openApp() {
  const asked: unknown[] = [];
  const usage: Pick<Usage, 'report'> = {
    async report(_principal, ...rest) {
      asked.push(rest);
      return { total: counts, entries: { items: [entry], next: 'more' } };
    },
  };
  app = await buildApp({
    authenticate: async () => ana,
    logLevel: 'silent',
    routes: [usageRoutes({ usage, names, now: () => new Date('2026-03-10T12:00:00Z') })],
  });
  return { app, asked };
}

describe('GET /usage', () => {
  it('shows the last thirty days unless others are asked for', async () => {
    const { app: server, asked } = await openApp();
    const reply = await server.inject('/usage');
    const shown = { requests: 2, prompt_tokens: 20, cached_tokens: 8, completion_tokens: 6 };
    expect(reply.json()).toEqual({
      from: '2026-02-08',
      to: '2026-03-10',
      total: shown,
      items: [
        {
          day: '2026-03-10',
          user_id: 'usr_ana',
          username: 'ana',
          key_id: null,
          key_name: null,
          model: 'nano',
          ...shown,
        },
      ],
      next: 'more',
    });
    await server.inject('/usage?from=2026-01-01&to=2026-01-31&user_id=usr_bia&limit=5&after=x');
    expect(asked).toEqual([
      [
        { from: '2026-02-08', to: '2026-03-10', userId: undefined },
        { limit: 20, after: null },
      ],
      [
        { from: '2026-01-01', to: '2026-01-31', userId: 'usr_bia' },
        { limit: 5, after: 'x' },
      ],
    ]);
  });

  it('refuses days that are none or in the wrong order', async () => {
    const { app: server } = await openApp();
    for (const query of ['from=yesterday', 'from=2026-02-30', 'from=2026-04-01&to=2026-03-01', 'days=3']) {
      expect((await server.inject(`/usage?${query}`)).statusCode, query).toBe(400);
    }
  });
});
