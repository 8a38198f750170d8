import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { AppError, isAppError } from '../../errors/app-error.ts';
import type { App } from './route.ts';

/** The requests being answered now: their number is bounded, and stopping waits for them. */
export interface InFlight {
  readonly draining: boolean;
  readonly count: number;
  /**
   * Refuses new requests with `shutting_down` and waits until those in flight have been answered; after `deadlineMs`
   * their signals abort with `shutting_down`.
   */
  drain(deadlineMs: number): Promise<void>;
  /** Gives the request its signal, and a place unless nobody knows who sends it: then only a place to arrive in. */
  enter(request: FastifyRequest, left: (callback: () => void) => void): void;
  /** The whole request is here: what only had a place to arrive in takes one of its own. */
  arrived(request: FastifyRequest): void;
}

export const defaultMaxInFlight = 512;
const graceAfterAbortMs = 500;
const controllers = new WeakMap<FastifyRequest, AbortController>();

/**
 * Aborts when the client leaves before it has the whole reply (reason `AbortError`), or when the service stops and the
 * request takes longer than it can wait (reason `AppError` with `shutting_down`: a stream then ends with that error).
 */
export function signalOf(request: FastifyRequest): AbortSignal {
  const controller = controllers.get(request);
  if (controller === undefined) throw new Error('signalOf is for requests that were admitted');
  return controller.signal;
}

/** Whether nobody is there any more to read the reply. */
export function hasLeft(request: FastifyRequest): boolean {
  const signal = controllers.get(request)?.signal;
  return signal?.aborted === true && !isAppError(signal.reason);
}

export function createInFlight({ limit = defaultMaxInFlight }: { limit?: number } = {}): InFlight {
  const active = new Set<AbortController>();
  // Who never ends a body without having said who it is keeps only the likes of it from being answered.
  const arriving = new Set<AbortController>();
  let draining = false;
  let emptied: (() => void) | null = null;

  const admit = (request: FastifyRequest, place: Set<AbortController>, controller: AbortController): void => {
    const always = request.routeOptions.config.alwaysAnswers === true;
    if (draining && !always) throw new AppError('shutting_down', { retryAfterSeconds: 2 });
    if (place.size >= limit && !always) throw new AppError('overloaded', { retryAfterSeconds: 1 });
    place.add(controller);
  };

  return {
    get draining() {
      return draining;
    },
    get count() {
      return active.size;
    },
    enter(request, left) {
      const controller = new AbortController();
      admit(request, request.routeOptions.config.access === 'public' ? arriving : active, controller);
      controllers.set(request, controller);
      left(() => {
        arriving.delete(controller);
        active.delete(controller);
        if (active.size === 0) emptied?.();
      });
    },
    arrived(request) {
      const controller = controllers.get(request);
      if (controller !== undefined && arriving.delete(controller)) admit(request, active, controller);
    },
    async drain(deadlineMs) {
      draining = true;
      if (active.size === 0) return;
      const empty = new Promise<void>((resolve) => (emptied = resolve));
      await within(deadlineMs, empty);
      for (const controller of active) controller.abort(new AppError('shutting_down', { retryAfterSeconds: 2 }));
      await within(graceAfterAbortMs, empty);
    },
  };
}

/** Bounds the requests of `app`, and gives each its signal. */
export function boundInFlight(app: App, inFlight: InFlight): void {
  app.addHook('onRequest', (request, reply, next) => {
    if (inFlight.draining) void reply.header('connection', 'close');
    inFlight.enter(request, (done) => {
      reply.raw.once('close', () => {
        if (!reply.raw.writableEnded) controllers.get(request)?.abort();
        done();
      });
    });
    next();
  });
  app.addHook('preValidation', (request, _reply, next) => {
    inFlight.arrived(request);
    next();
  });
  endHeads(app);
}

/** Who asks for the head of a stream does not read it: what makes it ends, as when the client leaves. */
function endHeads(app: App): void {
  app.addHook('onSend', async (request, _reply, payload) => {
    if (request.method === 'HEAD' && payload instanceof Readable) {
      // What has not begun to make it cannot clean up after itself.
      payload.once('data', () => {
        payload.destroy();
        controllers.get(request)?.abort();
      });
    }
    return payload;
  });
}

async function within(milliseconds: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}
