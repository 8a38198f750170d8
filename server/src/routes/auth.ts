import {
  accountParamsSchema,
  apiKeyPageSchema,
  apiKeySchema,
  createdApiKeySchema,
  loginRequestSchema,
  meSchema,
  newApiKeySchema,
  newUserSchema,
  pageQuery,
  passwordRequestSchema,
  refreshRequestSchema,
  tokensSchema,
  userChangeSchema,
  userPageSchema,
  userSchema,
} from '@billumy/protocol';
import { z } from 'zod';
import type { Auth } from '../core/auth/auth.ts';
import { dropOauthFields, toApiKeyBody, toMe, toNewApiKey, toTokensBody, toUserBody } from './bodies/auth-bodies.ts';
import { nameSubject } from './http/note-deeds.ts';
import type { App } from './http/route.ts';

const noContent = z.null();
const noBody = z.strictObject({}).nullish();
const tags = ['auth'];

/** Everything under `/auth`. */
export function authRoutes(auth: Auth): (app: App) => void {
  return (app) => {
    sessionRoutes(app, auth);
    userRoutes(app, auth);
    keyRoutes(app, auth);
  };
}

function sessionRoutes(app: App, { sessions }: Auth): void {
  app.post(
    '/auth/login',
    {
      config: { access: 'public', acceptsForm: true, audit: 'session.login' },
      schema: {
        tags,
        summary: 'Log in',
        consumes: ['application/json', 'application/x-www-form-urlencoded'],
        body: loginRequestSchema,
        response: { 200: tokensSchema },
      },
      preValidation: async (request) => dropOauthFields(request),
    },
    async (request) => {
      nameSubject(request, request.body.username);
      return toTokensBody(await sessions.login(request.body));
    },
  );
  app.post(
    '/auth/refresh',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Use a refresh token', body: refreshRequestSchema, response: { 200: tokensSchema } },
    },
    async (request) => toTokensBody(await sessions.refresh(request.body.refresh_token)),
  );
  app.post(
    '/auth/logout',
    {
      config: { access: 'signed-in', audit: 'session.logout' },
      schema: { tags, summary: 'End this login', body: noBody, response: { 204: noContent } },
    },
    async (request, reply) => {
      await sessions.logout(request.principal, request.headers.authorization);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/auth/password',
    {
      // Tokens are shown once: their reply is not kept to be repeated.
      config: { access: 'signed-in', idempotency: false, audit: 'password.change' },
      schema: {
        tags,
        summary: 'Change your own password; every other login of yours ends',
        body: passwordRequestSchema,
        response: { 200: tokensSchema },
      },
    },
    async ({ principal, body }) => {
      const change = { current: body.current_password, wanted: body.new_password };
      return toTokensBody(await sessions.changePassword(principal, change));
    },
  );
  app.get(
    '/auth/me',
    { config: { access: 'signed-in' }, schema: { tags, summary: 'Who you are here', response: { 200: meSchema } } },
    async (request) => toMe(request.principal),
  );
}

function userRoutes(app: App, { users }: Auth): void {
  const config = { access: { scope: 'admin' } } as const;
  app.post(
    '/auth/users',
    {
      // The password is in the body: not even its digest is kept to recognise a repetition.
      config: { ...config, idempotency: false, audit: 'user.create' },
      schema: { tags, summary: 'Make a user', body: newUserSchema, response: { 201: userSchema } },
    },
    async (request, reply) => {
      const user = await users.create(request.body);
      nameSubject(request, user.id);
      return reply.status(201).header('location', `/auth/users/${user.id}`).send(toUserBody(user));
    },
  );
  app.get(
    '/auth/users',
    { config, schema: { tags, summary: 'List users', querystring: pageQuery, response: { 200: userPageSchema } } },
    async ({ query }) => {
      const { items, next } = await users.list({ limit: query.limit, after: query.after ?? null });
      return { items: items.map(toUserBody), next };
    },
  );
  app.get(
    '/auth/users/:id',
    { config, schema: { tags, summary: 'Get a user', params: accountParamsSchema, response: { 200: userSchema } } },
    async (request) => toUserBody(await users.get(request.params.id)),
  );
  app.patch(
    '/auth/users/:id',
    {
      config: { ...config, audit: 'user.change' },
      schema: {
        tags,
        summary: 'Change role, groups or password of a user, or disable them',
        params: accountParamsSchema,
        body: userChangeSchema,
        response: { 200: userSchema },
      },
    },
    async ({ principal, params, body }) => toUserBody(await users.update(principal, params.id, body)),
  );
  app.delete(
    '/auth/users/:id',
    {
      config: { ...config, audit: 'user.delete' },
      schema: { tags, summary: 'Delete a user', params: accountParamsSchema, response: { 204: noContent } },
    },
    async (request, reply) => {
      await users.delete(request.params.id);
      return reply.status(204).send(null);
    },
  );
}

function keyRoutes(app: App, { apiKeys, names }: Auth): void {
  const config = { access: 'signed-in' } as const;
  app.post(
    '/auth/keys',
    {
      // A reply kept for repetition would keep the secret too.
      config: { ...config, idempotency: false, audit: 'key.create' },
      schema: {
        tags,
        summary: 'Make an API key; the reply is the only place that shows it',
        body: newApiKeySchema,
        response: { 201: createdApiKeySchema },
      },
    },
    async (request, reply) => {
      const { principal, body } = request;
      const { key, text } = await apiKeys.create(principal, toNewApiKey(body, principal));
      nameSubject(request, key.id);
      return reply
        .status(201)
        .header('location', `/auth/keys/${key.id}`)
        .send({ ...toApiKeyBody(key, await names.of([key.userId])), key: text });
    },
  );
  app.get(
    '/auth/keys',
    {
      config,
      schema: {
        tags,
        summary: 'List your API keys; administrators see everybody’s',
        querystring: pageQuery,
        response: { 200: apiKeyPageSchema },
      },
    },
    async ({ principal, query }) => {
      const { items, next } = await apiKeys.list(principal, { limit: query.limit, after: query.after ?? null });
      const named = await names.of(items.map(({ userId }) => userId));
      return { items: items.map((key) => toApiKeyBody(key, named)), next };
    },
  );
  app.get(
    '/auth/keys/:id',
    {
      config,
      schema: { tags, summary: 'Get an API key', params: accountParamsSchema, response: { 200: apiKeySchema } },
    },
    async ({ principal, params }) => {
      const key = await apiKeys.get(principal, params.id);
      return toApiKeyBody(key, await names.of([key.userId]));
    },
  );
  app.delete(
    '/auth/keys/:id',
    {
      config: { ...config, audit: 'key.delete' },
      schema: { tags, summary: 'Delete an API key', params: accountParamsSchema, response: { 204: noContent } },
    },
    async ({ principal, params }, reply) => {
      await apiKeys.delete(principal, params.id);
      return reply.status(204).send(null);
    },
  );
}
