import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { told, type Told } from '../../src/errors/told.ts';
import type { PartHealth } from '../../src/models/part-health.ts';
import type { GeneratePart, Engine } from '../../src/ports/engine.ts';
import { healthRoutes, type HealthOptions } from '../../src/routes/health.ts';
import { metricsRoutes } from '../../src/routes/metrics.ts';
import type { App } from '../../src/routes/http/route.ts';
import { question } from '../support/engine-calls.ts';
import { createPrometheusMetrics } from '../../src/services/metrics/prometheus-metrics.ts';

let app: App;
afterEach(() => app.close());

const authenticate = (): Promise<never> => Promise.reject(new AppError('unauthenticated'));

async function open(options: Partial<HealthOptions> = {}): Promise<App> {
  const health = healthRoutes({ parts: {}, downloads: () => [], isStopping: () => false, ...options });
  app = await buildApp({ authenticate, routes: [health], logLevel: 'silent' });
  return app;
}

const part =
  (status: PartHealth['status'], why: Told | null = null) =>
  async (): Promise<PartHealth> => ({ status, why });

describe('/health', () => {
  it('says that the process lives, whatever its parts do', async () => {
    await open({ parts: { engine: part('down', told`gone`) } });
    const reply = await app.inject('/health');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ status: 'ok' });
  });
});

describe('/health/ready', () => {
  it('is 200 while every part works, be it with less', async () => {
    await open({ parts: { store: part('ok'), engine: part('degraded', told`The model is being downloaded.`) } });
    const reply = await app.inject('/health/ready');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({
      status: 'degraded',
      parts: {
        store: { status: 'ok', why: null },
        engine: { status: 'degraded', why: 'The model is being downloaded.' },
      },
    });
  });

  it('is 503 when a part is down, fails, or does not answer in time', async () => {
    await open({
      partTimeoutMs: 20,
      parts: {
        broken: () => Promise.reject(new Error('secret path')),
        silent: () => new Promise(() => undefined),
        away: () => Promise.reject(new AppError('part_unavailable', { detail: told`OpenSearch refuses connections.` })),
      },
    });
    const reply = await app.inject('/health/ready');
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({
      status: 'down',
      parts: {
        broken: { status: 'down', why: 'It failed; the log has the details.' },
        silent: { status: 'down', why: 'It did not answer within 20 ms.' },
        away: { status: 'down', why: 'OpenSearch refuses connections.' },
      },
    });
  });

  it('tells why in the language of its reader', async () => {
    await open({ partTimeoutMs: 20, parts: { silent: () => new Promise(() => undefined) } });
    const { headers, ...reply } = await app.inject({ url: '/health/ready', headers: { 'accept-language': 'pt-BR' } });
    expect(reply.json()).toMatchObject({ parts: { silent: { why: 'Não respondeu em 20 ms.' } } });
    expect(headers.vary).toContain('accept-language');
  });

  it('is 503 while the service stops', async () => {
    await open({ isStopping: () => true });
    const reply = await app.inject('/health/ready');
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({ status: 'shutting_down' });
  });

  it('shows how far downloads are', async () => {
    const download = {
      model: 'llama3.2:1b',
      state: 'running' as const,
      bytesDone: 5,
      bytesTotal: 10,
      bytesPerSecond: 1,
      secondsLeft: 5,
      error: null,
    };
    await open({ downloads: () => [download] });
    expect((await app.inject('/health/ready')).json()).toMatchObject({
      downloads: [{ model: 'llama3.2:1b', bytes_done: 5, bytes_total: 10, seconds_left: 5 }],
    });
  });
});

describe('/metrics', () => {
  async function openWithMetrics() {
    const metrics = createPrometheusMetrics();
    app = await buildApp({ authenticate, routes: [metricsRoutes(metrics)], logLevel: 'silent' });
    return metrics;
  }

  it('counts requests by the template of their route', async () => {
    await openWithMetrics();
    await app.inject('/openapi.json');
    await app.inject('/nothing');
    const { body, headers } = await app.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('billumy_http_request_seconds_count{method="GET",route="/openapi.json",status="200"} 1');
    expect(body).toContain('billumy_http_request_seconds_count{method="GET",route="unknown",status="404"} 1');
    expect(body).toContain('process_resident_memory_bytes');
  });

  it.each([
    { headers: { 'x-forwarded-for': '127.0.0.1' } },
    { headers: { forwarded: 'for=127.0.0.1' } },
    { headers: { host: 'attacker.example' } },
    { remoteAddress: '10.0.0.1' },
    { remoteAddress: '::ffff:10.0.0.1' },
  ])('wants a token from anybody who is not on this machine: %j', async (from) => {
    await openWithMetrics();
    expect((await app.inject({ url: '/metrics', ...from })).statusCode).toBe(401);
  });

  it('counts the tokens of a metered engine, and what waits in it', async () => {
    const metrics = await openWithMetrics();
    async function* generate(): AsyncGenerator<GeneratePart> {
      yield { type: 'text-delta', delta: 'a' };
      yield {
        type: 'finish',
        reason: 'stop',
        usage: { promptTokens: 7, cachedTokens: 3, completionTokens: 2 },
        timings: { queueMs: 1, loadMs: 0, promptMs: 1, generateMs: 1 },
      };
    }
    const loaded = [
      { model: 'nano', adapter: null, busy: 1 },
      { model: 'nano', adapter: 'sha256:0', busy: 2 },
    ];
    const status = async () => ({ state: 'ok', reason: null, waiting: 4, loaded });
    const engine = metrics.meter({ generate, status } as unknown as Engine);
    const request = question('nano', 'Olá');
    const { signal } = new AbortController();
    const types: string[] = [];
    for await (const { type } of engine.generate(request, { signal })) types.push(type);
    expect(types).toEqual(['text-delta', 'finish']);
    const abandoned = engine.generate(request, { signal })[Symbol.asyncIterator]();
    await abandoned.next();
    await abandoned.return?.();
    const { body } = await app.inject('/metrics');
    expect(body).toContain('billumy_tokens_total{model="nano",kind="completion"} 2');
    expect(body).toContain('billumy_tokens_total{model="nano",kind="prompt"} 7');
    expect(body).toContain('billumy_generations_failed_total{model="nano"} 1');
    expect(body).toContain('billumy_generations_waiting 4');
    expect(body).toContain('billumy_slots_busy{model="nano"} 3');
  });
});
