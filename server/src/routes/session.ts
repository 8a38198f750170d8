import { loginRequestSchema, sessionHeader, sessionTokenSchema, type SessionToken } from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Auth } from '../core/auth/auth.ts';
import type { Tokens } from '../core/auth/sessions.ts';
import { AppError, isAppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import { nameSubject } from './http/note-deeds.ts';
import type { App } from './http/route.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from './http/session-cookie.ts';

// A reply kept for repetition would keep the token too.
const config = { access: 'public', idempotency: false } as const;
const tags = ['auth'];
const noBody = z.strictObject({}).nullish();
/** Pages of one browser that were opened together refresh the same cookie. */
const reusableMs = 10_000;

/** `/auth/session`: the login of a page, whose refresh token no script ever sees. */
export function sessionRoutes({ sessions }: Pick<Auth, 'sessions'>): (app: App) => void {
  return (app) => {
    app.post(
      '/auth/session',
      {
        config: { ...config, audit: 'session.login' },
        schema: {
          tags,
          summary: 'Log in as a page: the refresh token becomes a cookie',
          body: loginRequestSchema,
          response: { 200: sessionTokenSchema },
        },
        preValidation: assertFromOwnPage,
      },
      async (request, reply) => {
        nameSubject(request, request.body.username);
        const tokens = await sessions.login(request.body);
        setSessionCookie(reply, tokens.refreshToken);
        return toSessionToken(tokens);
      },
    );
    app.post(
      '/auth/session/refresh',
      {
        config,
        schema: { tags, summary: 'Use the cookie of a page', body: noBody, response: { 200: sessionTokenSchema } },
        preValidation: assertFromOwnPage,
      },
      async (request, reply) => {
        try {
          const tokens = await sessions.refresh(cookieOf(request), { reusableMs });
          setSessionCookie(reply, tokens.refreshToken);
          return toSessionToken(tokens);
        } catch (error) {
          const hasEnded = isAppError(error, 'unauthenticated') || isAppError(error, 'refresh_token_reused');
          if (hasEnded) clearSessionCookie(reply);
          throw error;
        }
      },
    );
    app.delete(
      '/auth/session',
      {
        config,
        schema: { tags, summary: 'End the login of a page', response: { 204: z.null() } },
        preValidation: assertFromOwnPage,
      },
      async (request, reply) => {
        const cookie = sessionCookieOf(request);
        if (cookie !== undefined) await sessions.end(cookie);
        clearSessionCookie(reply);
        return reply.status(204).send(null);
      },
    );
  };
}

async function assertFromOwnPage({ headers }: FastifyRequest): Promise<void> {
  if (headers[sessionHeader] !== undefined) return;
  throw new AppError('forbidden', { detail: told`Send the header ${sessionHeader}: only a page of this service can.` });
}

function cookieOf(request: FastifyRequest): string {
  const cookie = sessionCookieOf(request);
  if (cookie === undefined) throw new AppError('unauthenticated', { detail: told`Nobody is logged in here; log in.` });
  return cookie;
}

function toSessionToken({ accessToken, expiresInSeconds }: Tokens): SessionToken {
  return { access_token: accessToken, token_type: 'bearer', expires_in: expiresInSeconds };
}
