import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createAuditTrail } from '../../src/core/audit/audit-trail.ts';
import { createAuth, type Auth } from '../../src/core/auth/auth.ts';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqliteAuditLog } from '../../src/db/sqlite/sqlite-audit-log.ts';
import { openSqliteIdempotencyStore } from '../../src/db/sqlite/sqlite-idempotency-store.ts';
import { auditRoutes } from '../../src/routes/audit.ts';
import { authCheckRoutes } from '../../src/routes/auth-check.ts';
import { authRoutes } from '../../src/routes/auth.ts';
import { sessionRoutes } from '../../src/routes/session.ts';
import { createMemoryRateLimits } from '../../src/services/rate-limits/memory-rate-limits.ts';
import { sqliteAccountStores, type AccountStores } from './accounts.ts';
import { createClock } from './sqlite-backend.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const adminPassword = 'mangueira-azul-42';
export const memberPassword = 'girassol de inverno';
export const presetKey = 'um-texto-qualquer-do-compose';

export interface Reply {
  status: number;
  headers: LightMyRequestResponse['headers'];
  body: Record<string, unknown>;
}

interface CallOptions {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as a form instead. */
  form?: string;
  headers?: Record<string, string>;
}

export interface AuthApp extends AsyncDisposable {
  auth: Auth;
  stores: AccountStores;
  passTime(milliseconds: number): void;
  now(): Date;
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, options?: CallOptions): Promise<Reply>;
  /** The tokens of a new login. */
  login(username: string, password: string): Promise<{ access: string; refresh: string }>;
  /** Makes a member and logs in. */
  member(username: string): Promise<{ id: string; access: string; refresh: string }>;
}

/** The real accounts over a new SQLite file with the administrator `admin`, and a clock that stands still. */
export async function openAuthApp(): Promise<AuthApp> {
  const folder = await temporaryFolder();
  const database = await openDatabase(folder.file('accounts.db'));
  const stores = sqliteAccountStores(database);
  const { now, passTime } = createClock();
  const rateLimits = createMemoryRateLimits({ now: () => now().getTime() });
  const auth = createAuth({ ...stores, rateLimits, presetKey, now });
  await auth.users.ensureAdministrator({ username: 'admin', password: adminPassword });
  passTime(1);
  const { authenticate, quotas } = auth;
  const idempotency = await openSqliteIdempotencyStore(database);
  const audit = createSqliteAuditLog(database);
  const trail = createAuditTrail({ ...stores, audit, now, onError: unexpected });
  const routes = [authRoutes(auth), sessionRoutes(auth), authCheckRoutes, auditRoutes(trail)];
  const { note } = trail;
  const app = await buildApp({ authenticate, admit: quotas.admit, routes, idempotency, note, logLevel: 'silent' });

  const call: AuthApp['call'] = async (method, url, { token, body, form, headers = {} } = {}) => {
    const response = await app.inject({
      method,
      url,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form === undefined ? {} : { payload: form }),
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const parsed = response.body === '' ? {} : response.json<Record<string, unknown>>();
    return { status: response.statusCode, headers: response.headers, body: parsed };
  };
  const login: AuthApp['login'] = async (username, password) => {
    const { accessToken, refreshToken } = await auth.sessions.login({ username, password });
    return { access: accessToken, refresh: refreshToken };
  };
  return {
    auth,
    stores,
    passTime,
    now,
    call,
    login,
    async member(username) {
      const { id } = await auth.users.create({ username, password: memberPassword, role: 'member', groups: [] });
      return { id, ...(await login(username, memberPassword)) };
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await trail[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function unexpected(error: unknown): void {
  expect.unreachable(String(error));
}

/** An error without what differs between any two requests. */
export function problemOf({ status, body }: Reply): unknown {
  return { status, body: { ...body, request_id: 'any' } };
}
