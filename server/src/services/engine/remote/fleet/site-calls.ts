import { isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { GeneratePart, GenerateRequest } from '../../../../ports/engine.ts';
import { chooseSite, prefixOf } from './choose-site.ts';
import { Deadline } from '../../../../process/deadline.ts';
import type { Fleet, Site } from './fleet.ts';
import type { RemoteServer } from '../remote-server.ts';
import { Trouble } from '../wire/trouble.ts';

export interface CallTimes {
  /** Until the first part: the engine may have to load the model first. */
  firstPartMs: number;
  /** Between parts. */
  idleMs: number;
  /** For calls with one reply. */
  replyMs: number;
}

type Ask<T> = (server: RemoteServer, model: string, signal: AbortSignal) => Promise<T>;

/** One engine and two others. */
const mostTries = 3;

/** Calls to the engines of a fleet, each to the one that suits best; a failure before the first part is tried elsewhere. */
export function createSiteCalls(fleet: Fleet, times: CallTimes) {
  function next(
    name: string,
    { tried, prefix }: { tried: ReadonlySet<unknown>; prefix: string | null },
  ): Site | undefined {
    const usable = fleet.sites(name).filter(({ member }) => member.isUsable && !tried.has(member));
    return tried.size < mostTries ? chooseSite(usable, prefix) : undefined;
  }

  async function* generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GeneratePart> {
    const tried = new Set<unknown>();
    const prefix = prefixOf(request.prompt);
    let trouble: unknown;
    for (;;) {
      const site = next(request.model, { tried, prefix });
      if (site === undefined) throw trouble ?? noneWorks(fleet, request.model);
      tried.add(site.member);
      let hasBegun = false;
      try {
        for await (const part of generateAt(site, { request, signal, times })) {
          hasBegun = true;
          yield part;
        }
        return;
      } catch (error) {
        if (hasBegun || signal.aborted || !(error instanceof Trouble)) throw error;
        trouble = error;
      }
    }
  }

  async function ask<T>(name: string, signal: AbortSignal, call: Ask<T>): Promise<T> {
    const tried = new Set<unknown>();
    let trouble: unknown;
    for (;;) {
      const site = next(name, { tried, prefix: null });
      if (site === undefined) throw trouble ?? noneWorks(fleet, name);
      tried.add(site.member);
      try {
        return await askAt(site, { signal, call, replyMs: times.replyMs });
      } catch (error) {
        if (signal.aborted || !(error instanceof Trouble)) throw error;
        trouble = error;
      }
    }
  }

  return { generate, ask };
}

async function* generateAt(
  site: Site,
  { request, signal, times }: { request: GenerateRequest; signal: AbortSignal; times: CallTimes },
): AsyncGenerator<GeneratePart> {
  const { member, model } = site;
  const call = begin(site, signal);
  const { deadline } = call;
  try {
    deadline.set(times.firstPartMs, tooLate);
    const parts = serverOf(site).generate({ ...request, model: model.id }, deadline.signal);
    for await (const part of parts) {
      // The consumer may take its time.
      deadline.pause();
      yield part;
      deadline.set(times.idleMs, tooLate);
    }
    member.breaker.succeeded();
  } catch (error) {
    throw call.judged(error);
  } finally {
    call.end();
  }
}

async function askAt<T>(
  site: Site,
  { signal, call, replyMs }: { signal: AbortSignal; call: Ask<T>; replyMs: number },
): Promise<T> {
  const begun = begin(site, signal);
  try {
    begun.deadline.set(replyMs, tooLate);
    const reply = await call(serverOf(site), site.model.id, begun.deadline.signal);
    site.member.breaker.succeeded();
    return reply;
  } catch (error) {
    throw begun.judged(error);
  } finally {
    begun.end();
  }
}

/** Counts the call, and judges the engine by how it ends. */
function begin({ member, model }: Site, signal: AbortSignal) {
  const leave = member.occupy(model);
  const deadline = new Deadline(signal);
  member.breaker.enter();
  return {
    deadline,
    judged(error: unknown): unknown {
      if (signal.aborted) return signal.reason;
      if (!(error instanceof Trouble)) {
        // An engine that finds fault with a request works.
        if (isAppError(error)) member.breaker.succeeded();
        return error;
      }
      if (error.blame === 'engine') member.breaker.failed();
      if (error.blame === 'model' || error.code === 'model_unavailable') member.lost(error);
      return error;
    },
    end(): void {
      deadline.end();
      member.breaker.left();
      leave();
    },
  };
}

function serverOf({ member }: Site): RemoteServer {
  if (member.server === undefined) throw new Error('a site of an engine that was never reached');
  return member.server;
}

function tooLate(): Trouble {
  return new Trouble('engine', 'timeout', { detail: told`The engine did not answer in time. Ask again.` });
}

/** Soon the engines are tried again. */
const retryAfterSeconds = 3;

function noneWorks(fleet: Fleet, name: string): Error {
  const trouble = fleet.sites(name).find(({ member }) => member.trouble !== null)?.member.trouble;
  if (trouble !== undefined && trouble !== null) return trouble;
  const detail = told`The engines that have this model failed several times; they are tried again soon.`;
  return new Trouble('engine', 'model_unavailable', { detail, retryAfterSeconds });
}
