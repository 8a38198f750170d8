import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config/config.ts';
import { auditActions } from '../../src/models/audit-entry.ts';
import type { App } from '../../src/routes/http/route.ts';
import { wire, type Service } from '../../src/wire.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// What is served, what is described and what is guarded are the same list.

interface Described {
  summary?: string;
  tags?: string[];
  operationId?: string;
  security?: object[];
  responses: Record<string, unknown>;
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let service: Service;
let app: App;
const registered: string[] = [];
const audited = new Set<string | undefined>();
let described: [string, Described][] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  const config = parseConfig({ DATA_DIR: folder.path, OFFLINE: '1', ADMIN_PASSWORD: 'correct horse battery staple' });
  service = await wire({ config, report: (what, error) => expect.unreachable(`${what}: ${String(error)}`) });
  app = await buildApp({ ...service.app, routes: [noteRoutes, ...service.app.routes], logLevel: 'silent' });
  const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, Record<string, Described>> }>();
  described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Described] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
});
afterAll(async () => {
  await app.close();
  await service[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

function noteRoutes(server: App): void {
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.audit !== undefined) audited.add(config.audit);
    for (const name of [method].flat()) registered.push(`${name} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
}

describe('the description of the service', () => {
  it('has every route, and no other', () => {
    const served = registered.filter((route) => !/^HEAD | \/assets\//.test(route)).toSorted();
    const known = described.map(([route]) => route).filter((route) => route !== 'GET /openapi.json');
    expect(known.toSorted()).toEqual(served);
    expect(served.length).toBeGreaterThan(20);
  });

  it('says of every route what it does, who may call it, and how it fails', () => {
    const incomplete = described.filter(
      ([, { summary, tags = [], security, responses }]) =>
        !summary || tags.length === 0 || security === undefined || !('default' in responses) || !('503' in responses),
    );
    expect(incomplete.map(([route]) => route)).toEqual([]);
  });

  it('describes what every route replies when it succeeds', () => {
    const silent = described.filter(
      ([, { responses }]) => !Object.keys(responses).some((status) => status.startsWith('2')),
    );
    expect(silent.map(([route]) => route)).toEqual([]);
  });

  it('notes every kind of deed', () => {
    expect(audited).toEqual(new Set(auditActions));
  });

  it('names no operation twice', () => {
    const names = described.map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves open only what must be', () => {
    const open = described.filter(([, { security = [] }]) => security.length === 0).map(([route]) => route);
    expect(open.toSorted()).toEqual([
      'DELETE /auth/session',
      'GET /',
      'GET /api/version',
      'GET /health',
      'GET /health/ready',
      'GET /openapi.json',
      'POST /auth/login',
      'POST /auth/refresh',
      'POST /auth/session',
      'POST /auth/session/refresh',
    ]);
  });
});
