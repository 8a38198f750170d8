import { meSchema, sessionHeader, sessionTokenSchema, type LoginRequest, type Me, type SessionToken } from './auth.ts';
import type { Connection } from './connection.ts';

const headers = { [sessionHeader]: '1' };

/** Logs a page in: the refresh token stays in a cookie. Rejects as `logIn` does. */
export async function beginSession(connection: Connection, request: LoginRequest): Promise<SessionToken> {
  return sessionTokenSchema.parse(await connection.json('/auth/session', { method: 'POST', body: request, headers }));
}

/** A new access token for the cookie of the page; rejects with `ProblemError` `unauthenticated` when the login has ended. */
export async function refreshSession(connection: Connection): Promise<SessionToken> {
  return sessionTokenSchema.parse(await connection.json('/auth/session/refresh', { method: 'POST', headers }));
}

export async function endSession(connection: Connection): Promise<void> {
  await connection.json('/auth/session', { method: 'DELETE', headers });
}

export async function getMe(connection: Connection, signal?: AbortSignal): Promise<Me> {
  return meSchema.parse(await connection.json('/auth/me', { signal }));
}
