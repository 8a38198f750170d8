import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { Refusal, type RefusalBody } from '../rest/refusal.ts';

/** Passages of a document that are not to be there. */
export interface Leftover {
  documentId: string;
  /** Those of the revisions before this one; of all revisions when absent. */
  before?: number;
  /** And those of this revision from the ordinal on that it ends with. */
  beyond?: { revision: number; passages: number };
}

interface DeletionReply {
  version_conflicts: number;
  failures: readonly { status: number; cause: RefusalBody }[];
}

/** A vector may be put to a passage at the very moment it is removed. */
const mostAttempts = 5;

/** Makes queries see what was written before. */
export async function refresh({ client, names }: IndexAccess): Promise<void> {
  await client.send({ method: 'POST', path: `/${names.write}/_refresh`, timeoutMs: writeTimeoutMs });
}

/** Removes the passages that searches can find, and lets no search find them once it resolves. */
export async function removePassages({ client, names }: IndexAccess, leftovers: readonly Leftover[]): Promise<void> {
  if (leftovers.length === 0) return;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const { version_conflicts: conflicts, failures } = await client.send<DeletionReply>({
      method: 'POST',
      path: `/${names.write}/_delete_by_query`,
      query: { conflicts: 'proceed', refresh: true },
      body: leftoversBody(leftovers),
      timeoutMs: writeTimeoutMs,
    });
    const failure = failures[0];
    if (failure !== undefined) throw new Refusal(failure.status, failure.cause);
    if (conflicts === 0) return;
  }
}

/** The query that finds them. */
export function leftoversBody(leftovers: readonly Leftover[]): object {
  return {
    query: {
      bool: {
        filter: [{ term: { kind: 'passage' } }],
        should: leftovers.flatMap(clauses),
        minimum_should_match: 1,
      },
    },
  };
}

function clauses({ documentId, before, beyond }: Leftover): object[] {
  const ofDocument = { term: { document_id: documentId } };
  const all = (...conditions: object[]): object => ({ bool: { filter: [ofDocument, ...conditions] } });
  return [
    before === undefined ? all() : all({ range: { revision: { lt: before } } }),
    ...(beyond === undefined
      ? []
      : [all({ term: { revision: beyond.revision } }, { range: { ordinal: { gte: beyond.passages } } })]),
  ];
}
