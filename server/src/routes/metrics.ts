import { z } from 'zod';
import type { Metrics } from '../ports/metrics.ts';
import type { App } from './http/route.ts';

/**
 * `/metrics`, for Prometheus: with the scope `admin`, or from this machine without a token. Counts every request that
 * the app answers.
 */
export function metricsRoutes(metrics: Metrics): (app: App) => void {
  return (app) => {
    app.addHook('onResponse', (request, reply, done) => {
      const { method } = request;
      const route = request.routeOptions.url ?? 'unknown';
      metrics.countRequest({ method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
      done();
    });
    app.get(
      '/metrics',
      {
        config: { access: { scope: 'admin', orLoopback: true }, alwaysAnswers: true },
        schema: {
          summary: 'What happened so far, as numbers for Prometheus',
          tags: ['health'],
          response: { 200: { description: 'Numbers', content: { 'text/plain': { schema: z.string() } } } },
        },
      },
      async (_request, reply) => {
        const { mediaType, text } = await metrics.render();
        return reply.type(mediaType).send(text);
      },
    );
  };
}
