import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Engine, GeneratePart } from '../../ports/engine.ts';
import type { Metrics } from '../../ports/metrics.ts';

const requestSeconds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

/** Metrics in Prometheus' text form, with a registry of their own. */
export function createPrometheusMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'billumy_http_request_seconds',
    help: 'Time from the headers of a request to the end of its reply.',
    labelNames: ['method', 'route', 'status'],
    buckets: requestSeconds,
    registers: [registry],
  });
  return {
    countRequest: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    meter: (engine) => meterEngine(engine, registry),
    render: async () => ({ mediaType: registry.contentType, text: await registry.metrics() }),
  };
}

function meterEngine(engine: Engine, registry: Registry): Engine {
  const registers = [registry];
  const tokens = new Counter({
    name: 'billumy_tokens_total',
    help: 'Tokens of prompts (cached: found in the slot already) and completions.',
    labelNames: ['model', 'kind'],
    registers,
  });
  const failures = new Counter({
    name: 'billumy_generations_failed_total',
    help: 'Completions that ended with an error or were given up.',
    labelNames: ['model'],
    registers,
  });
  const queueSeconds = new Histogram({
    name: 'billumy_generation_queue_seconds',
    help: 'Time a completion waited for a slot.',
    buckets: requestSeconds,
    registers,
  });
  const phaseSeconds = new Histogram({
    name: 'billumy_generation_seconds',
    help: 'Time a completion took, by phase: evaluating the prompt, generating the tokens.',
    labelNames: ['model', 'phase'],
    buckets: requestSeconds,
    registers,
  });
  const waiting = new Gauge({
    name: 'billumy_generations_waiting',
    help: 'Completions waiting for a slot.',
    registers: [],
    async collect() {
      this.set((await engine.status()).waiting);
    },
  });
  const busySlots = new Gauge({
    name: 'billumy_slots_busy',
    help: 'Slots that work now.',
    labelNames: ['model'],
    registers: [],
    async collect() {
      const { loaded } = await engine.status();
      this.reset();
      // A model may be there several times, with different adapters over it.
      for (const { model, busy } of loaded) this.inc({ model }, busy);
    },
  });
  registry.registerMetric(waiting);
  registry.registerMetric(busySlots);

  async function* generate(...[request, options]: Parameters<Engine['generate']>): AsyncGenerator<GeneratePart> {
    let finished = false;
    try {
      for await (const part of engine.generate(request, options)) {
        if (part.type === 'finish') {
          finished = true;
          tokens.inc({ model: request.model, kind: 'prompt' }, part.usage.promptTokens);
          tokens.inc({ model: request.model, kind: 'cached' }, part.usage.cachedTokens);
          tokens.inc({ model: request.model, kind: 'completion' }, part.usage.completionTokens);
          queueSeconds.observe(part.timings.queueMs / 1000);
          phaseSeconds.observe({ model: request.model, phase: 'prompt' }, part.timings.promptMs / 1000);
          phaseSeconds.observe({ model: request.model, phase: 'generate' }, part.timings.generateMs / 1000);
        }
        yield part;
      }
    } finally {
      if (!finished) failures.inc({ model: request.model });
    }
  }
  return { ...engine, generate };
}
