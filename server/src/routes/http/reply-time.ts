import type { App } from './route.ts';

/** Longer than a phone is without a network in a tunnel. */
const usualStalledMs = 60_000;

/**
 * Hangs up on who takes nothing of a reply that waits for them: a stream that nobody reads would keep its place, and its
 * model, for ever. Who waits for us may wait as long as they like.
 */
export function boundReplyTime(app: App, { stalledMs = usualStalledMs }: { stalledMs?: number } = {}): void {
  app.addHook('onRequest', (_request, { raw }, done) => {
    raw.setTimeout(stalledMs, () => {
      if (raw.writableLength > 0) raw.destroy();
    });
    done();
  });
}
