import type { FastifyReply, FastifyRequest } from 'fastify';

const longestWaitSeconds = 120;

/** What RFC 7240 lets a client say about waiting. */
export interface WaitPreference {
  waitMs: number;
  /** Says in the reply what was honoured. */
  confirm(reply: FastifyReply): void;
}

/** Reads `Prefer: wait=<seconds>` and `Prefer: respond-async`; what is not understood is ignored, as it says there. */
export function waitPreference(request: FastifyRequest, defaultWaitMs: number): WaitPreference {
  const header = [request.headers['prefer'] ?? ''].flat().join(',').toLowerCase();
  const names = header.replaceAll(/["\s]/g, '').split(/[,;]/);
  if (names.includes('respond-async')) return preference(0, 'respond-async');
  const seconds = names.map((name) => /^wait=(\d{1,6})$/.exec(name)?.[1]).find((value) => value !== undefined);
  if (seconds === undefined) return preference(defaultWaitMs, null);
  const wait = Math.min(Number(seconds), longestWaitSeconds);
  return preference(wait * 1000, `wait=${wait}`);
}

function preference(waitMs: number, applied: string | null): WaitPreference {
  return {
    waitMs,
    confirm: (reply) => void (applied === null || reply.header('preference-applied', applied)),
  };
}
