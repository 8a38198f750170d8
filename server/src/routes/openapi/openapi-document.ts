import swagger from '@fastify/swagger';
import { problemSchema } from '@billumy/protocol';
import Fastify, { type RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { version } from '../../process/version.ts';
import { problemMediaType } from '../http/problem.ts';
import type { Access } from '../http/route.ts';

type TransformOptions = Parameters<typeof jsonSchemaTransform>[0];
type RouteConfig = NonNullable<RouteOptions['config']>;

const description = `A private answer service: it answers questions from a company's own documents, with the sources.
Send \`Authorization: Bearer <access token or API key>\`. Errors are \`application/problem+json\` with a stable \`code\`;
what they and failed jobs tell a person is in Portuguese or English, as \`Accept-Language\` prefers, and in English when it
names neither.`;

/** The OpenAPI 3.1 document of these routes, from the schemas that check their requests. */
export async function openApiDocument(routes: readonly RouteOptions[]): Promise<{ openapi: string }> {
  const described = Fastify({
    exposeHeadRoutes: false,
    schemaController: { compilersFactory: { buildValidator: () => unchecked, buildSerializer: () => unchecked } },
  });
  await described.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Billumy', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: describeRoute,
    transformObject: jsonSchemaTransformObject,
  });
  for (const { method, url, schema, config, handler } of routes) {
    described.route({ method, url, handler, ...(schema && { schema }), ...(config && { config }) });
  }
  await described.ready();
  return described.swagger() as { openapi: string };
}

/** The library describes what is added to a server. This one is never asked, so it checks and writes nothing. */
function unchecked(): () => string {
  return () => '';
}

/** Adds what the platform does for every route: security, idempotency, errors. */
function describeRoute(options: TransformOptions): ReturnType<typeof jsonSchemaTransform> {
  const { schema, url } = jsonSchemaTransform(options);
  const { config, method } = options.route;
  if (schema === undefined || schema.hide === true || config === undefined) return { schema, url };
  const given = schema as { body?: object; response?: object; headers?: { properties?: object }; description?: string };
  return {
    url,
    schema: {
      ...schema,
      operationId: [String(method).toLowerCase(), ...url.split(/[^a-zA-Z]+/)].filter(Boolean).join('_'),
      security: securityOf(config),
      ...describeAccess(config, given.description),
      ...(config.form === undefined ? {} : { body: jsonOrForm(given.body, config) }),
      ...(takesIdempotencyKey(config, method) ? { headers: withIdempotencyKey(given.headers) } : {}),
      response: { ...problemResponses(options), ...given.response, ...emptyReply(given.response) },
    },
  };
}

function jsonOrForm(json: object | undefined, { form, rawBodies = {} }: RouteConfig): object {
  return { content: { 'application/json': { schema: json }, 'multipart/form-data': { schema: form }, ...rawBodies } };
}

function securityOf({ access }: RouteConfig): { bearer?: [] }[] {
  if (access === 'public') return [];
  // The empty alternative says that no token is needed either.
  return typeof access === 'object' && access.orLoopback === true ? [{ bearer: [] }, {}] : [{ bearer: [] }];
}

function describeAccess({ access }: RouteConfig, text: string | undefined): { description?: string } {
  const scope = typeof access === 'object' ? scopeSentence(access) : undefined;
  const parts = [text, scope].filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { description: parts.join(' ') };
}

function scopeSentence({ scope, orLoopback }: Exclude<Access, string>): string {
  return `Needs the scope \`${scope}\`${orLoopback === true ? ', or no token from the same machine' : ''}.`;
}

function takesIdempotencyKey(config: RouteConfig, method: RouteOptions['method']): boolean {
  return method === 'POST' && config.access !== 'public' && config.idempotency !== false;
}

function withIdempotencyKey(headers: { properties?: object } = {}): object {
  const key = {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    description: 'The same key and request within 24 h give the first reply again.',
  };
  return { type: 'object', ...headers, properties: { ...headers.properties, 'idempotency-key': key } };
}

/** 204 has no body, whatever the schema that checks so. */
function emptyReply(response: object = {}): Record<string, object> {
  return '204' in response ? { 204: { type: 'null', description: 'Done' } } : {};
}

function problemResponses({ schema, route: { config, method } }: TransformOptions): Record<string, object> {
  const isPublic = config?.access === 'public';
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const statuses = [
    400,
    ...(isPublic ? [] : [401, 403, 429]),
    ...(schema?.params === undefined ? [] : [404]),
    ...(hasBody ? [413, 415] : []),
    ...(config !== undefined && takesIdempotencyKey(config, method) ? [409, 422] : []),
    503,
  ];
  const problem = {
    description: problemSchema.description ?? 'What went wrong',
    content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return Object.fromEntries([...statuses.map(String), 'default'].map((status) => [status, problem]));
}
