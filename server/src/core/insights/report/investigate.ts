import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { permittedPassages } from '../../auth/permitted-passages.ts';
import { openTables, type OpenTables } from '../datasets/open-tables.ts';
import { fillReport } from './fill-report.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { InsightPart } from '../insight-part.ts';
import type { InsightTools } from '../insight-ports.ts';
import type { InsightContext, KeptRequest } from '../insight-request.ts';
import { measureSession } from './measured-session.ts';
import { newReport } from './new-report.ts';
import { profileTables } from './profile-tables.ts';
import { startTime, type TimeLeft } from './time-left.ts';
import { openModelWriter } from './write-with-model.ts';

/** Until which share of the time tables are opened and profiled: what they are made of must still be looked at and told. */
const shareForOpening = 0.6;
const shareForProfile = 0.5;
/** What the session may take beyond the time of the request, so that every step ends by its own time. */
const graceMs = 250;

/**
 * The steps of a request over kept tables: open, profile, answer the question, find, phrase, cite, draw. Nothing is
 * stored. Rejects with what opening rejects with, with `timeout` when not even the tables could be read in their time, with
 * `scope_missing` and `forbidden` for documents and models that the caller may not use, and with `quota_exceeded`.
 */
export async function* investigate(
  asked: { id: string; request: KeptRequest },
  context: InsightContext,
  tools: InsightTools,
): AsyncGenerator<InsightPart, void> {
  const { request } = asked;
  const { options, tables, period } = request;
  const time = startTime(options.timeoutMs);
  permittedPassages(context.principal, { collections: options.collections, actAs: request.actAs });
  const wantsModel = options.narrative === 'llm' || options.sql === 'llm';
  const writer = wantsModel ? await openModelWriter({ requested: options.model, time }, context, tools) : null;
  const opened = await openInTime(asked.request, { context, tools, time });
  await using session = measureSession(opened.session);
  const begun = newReport(asked, context.principal, tools);
  const profiled = await profileTables(session, {
    tables,
    period,
    now: tools.now(),
    budget: time.signal(shareForProfile, context.signal),
  });
  const report = { ...begun, ...profiled, fingerprint: fingerprintOf(request, opened.datasets, begun.engine) };
  yield { type: 'profile', report };
  yield* fillReport(report, { request, context, tools, session, time, writer });
}

interface Opening {
  context: InsightContext;
  tools: InsightTools;
  time: TimeLeft;
}

/** The session lasts longer than that: only opening it has to be over by then. */
async function openInTime(
  { tables, options: { timeoutMs } }: KeptRequest,
  { context, tools, time }: Opening,
): Promise<OpenTables> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new AppError('timeout', { detail: tooLate })), time.until(shareForOpening));
  const signal = AbortSignal.any([context.signal, late.signal]);
  try {
    return await openTables(tools, tables, { ...context, signal, deadlineMs: timeoutMs + graceMs });
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = told`The tables could not be read in the time of the request: send fewer columns or rows, or raise \`timeout_ms\`.`;
