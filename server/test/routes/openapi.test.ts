import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { App } from '../../src/routes/http/route.ts';

interface Operation {
  summary?: string;
  tags?: string[];
  security?: unknown[];
  description?: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

let app: App;
let operations: Record<string, Record<string, Operation>>;
beforeEach(async () => {
  app = await buildApp({
    authenticate: () => Promise.reject(new AppError('unauthenticated')),
    routes: [boxes],
    logLevel: 'silent',
  });
  operations = (await app.inject('/openapi.json')).json<{ paths: typeof operations }>().paths;
});
afterEach(() => app.close());

function boxes(server: App): void {
  const schema = { summary: 'A box', tags: ['boxes'] };
  server.post(
    '/boxes',
    {
      config: { access: { scope: 'ingest' } },
      schema: { ...schema, body: z.strictObject({ size: z.int() }), response: { 201: z.object({ id: z.string() }) } },
    },
    async (_request, reply) => reply.status(201).send({ id: 'box' }),
  );
  server.get(
    '/boxes/:id',
    {
      config: { access: 'public' },
      schema: { ...schema, params: z.strictObject({ id: z.string() }), response: { 200: z.object({}) } },
    },
    async () => ({}),
  );
}

describe('/openapi.json', () => {
  it('tells who may call a route, by which key it is repeated, and how it fails', () => {
    const create = operations['/boxes']?.['post'];
    expect(create).toMatchObject({ security: [{ bearer: [] }], description: 'Needs the scope `ingest`.' });
    expect(create?.parameters).toMatchObject([{ in: 'header', name: 'idempotency-key' }]);
    expect(Object.keys(create?.responses ?? {})).toEqual(
      ['201', '400', '401', '403', '409', '413', '415', '422', '429', '503', 'default'].toSorted(),
    );
    expect(operations['/boxes/{id}']?.['get']).toMatchObject({ security: [] });
    expect(Object.keys(operations['/boxes/{id}']?.['get']?.responses ?? {})).toEqual([
      '200',
      '400',
      '404',
      '503',
      'default',
    ]);
  });

  it('publishes the schema that errors really have', async () => {
    const document = (await app.inject('/openapi.json')).json<{ components: object }>();
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'api', ...document });
    const isProblem = ajv.compile({ $ref: 'api#/components/schemas/Problem' });
    const problem = (await app.inject({ method: 'POST', url: '/boxes', payload: { size: 'big' } })).json<unknown>();
    expect(isProblem(problem), JSON.stringify(isProblem.errors)).toBe(true);
    expect(isProblem({ status: 400 })).toBe(false);
  });
});

describe('/docs', () => {
  it('loads everything it needs from this service', async () => {
    const page = await app.inject('/docs');
    expect(page.headers['content-type']).toContain('text/html');
    const needed = [...page.body.matchAll(/(?:src|href)="(?!data:,")([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(needed).toHaveLength(3);
    const statuses = await Promise.all(needed.map(async (url) => (await app.inject(url)).statusCode));
    expect(statuses).toEqual([200, 200, 200]);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.body).not.toMatch(/<script>|https?:/);
  });
});
