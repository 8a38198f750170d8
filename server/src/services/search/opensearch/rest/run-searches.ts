import type { IndexAccess } from '../index-access.ts';
import { Refusal, type RefusalBody } from './refusal.ts';

export interface SearchHit {
  _score: number | null;
  fields?: { document_id: [string]; revision: [number]; ordinal: [number] };
  _source?: unknown;
}

export interface SearchReply {
  hits: { hits: readonly SearchHit[]; total?: { value: number } };
  /** By name; absent when the body asks for none. */
  aggregations?: Readonly<Record<string, unknown>>;
}

interface MultiSearchReply {
  responses: readonly (SearchReply & { status: number; timed_out?: boolean; error?: RefusalBody })[];
}

/** Runs searches at the same time, in one request. Each answers completely: one that cannot makes all of them reject. */
export async function runSearches({ client, names }: IndexAccess, bodies: readonly object[]): Promise<SearchReply[]> {
  // A shard that does not answer would otherwise be left out in silence.
  const header = { allow_partial_search_results: false };
  const { responses } = await client.send<MultiSearchReply>(
    {
      method: 'POST',
      path: `/${names.read}/_msearch`,
      ndjson: toNdjson(bodies.flatMap((body) => [header, body])),
    },
    checkEach,
  );
  return [...responses];
}

function checkEach({ responses }: MultiSearchReply): void {
  for (const { status, error, timed_out: isLate = false } of responses) {
    if (error !== undefined) throw new Refusal(status, error);
    if (isLate) throw new Refusal(504, { type: 'search_timed_out' });
  }
}

export async function runSearch(access: IndexAccess, body: object): Promise<SearchReply> {
  const [reply] = await runSearches(access, [body]);
  return reply!;
}

export const toNdjson = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
