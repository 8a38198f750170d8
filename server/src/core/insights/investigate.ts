import { permittedPassages } from '../auth/permitted-passages.ts';
import { openTables } from './datasets/open-tables.ts';
import { fillReport } from './fill-report.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { InsightPart } from './insight-part.ts';
import type { InsightTools } from './insight-ports.ts';
import type { InsightContext, KeptRequest } from './insight-request.ts';
import { measureSession } from './measured-session.ts';
import { newReport } from './new-report.ts';
import { profileTables } from './profile-tables.ts';
import { startTime } from './time-left.ts';
import { openModelWriter } from './write-with-model.ts';

/** What the session may take beyond the time of the request, so that every step ends by its own time. */
const graceMs = 250;

/**
 * The steps of a request over kept tables: open, profile, answer the question, find, phrase, cite, draw. Nothing is
 * stored. Rejects with what opening rejects with, with `timeout` when not even the tables could be read in time, with
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
  const opened = await openTables(tools, tables, { ...context, deadlineMs: options.timeoutMs + graceMs });
  await using session = measureSession(opened.session);
  const begun = newReport(asked, context.principal, tools);
  const profiled = await profileTables(session, { tables, period, now: tools.now() });
  const report = { ...begun, ...profiled, fingerprint: fingerprintOf(request, opened.datasets, begun.engine) };
  yield { type: 'profile', report };
  yield* fillReport(report, { request, context, tools, session, time, writer });
}
