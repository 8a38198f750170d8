import { describe, expect, it } from 'vitest';
import { bulk, type BulkItem } from '../../../../src/services/search/opensearch/rest/bulk.ts';
import type { IndexAccess } from '../../../../src/services/search/opensearch/index-access.ts';
import { namesFor } from '../../../../src/services/search/opensearch/names.ts';
import type { RestRequest } from '../../../../src/services/search/opensearch/rest/rest-request.ts';

// What a server does under load cannot be asked of a real one: here the replies are scripted.

const ok: BulkItem = { status: 201 };
const busy: BulkItem = { status: 429, error: { type: 'rejected_execution_exception' } };
const broken: BulkItem = { status: 400, error: { type: 'mapper_parsing_exception', reason: 'no number' } };

/** Answers each request with the next list of items. */
function scripted(replies: readonly (readonly BulkItem[])[]): { access: IndexAccess; requests: RestRequest[] } {
  const requests: RestRequest[] = [];
  const send = async (request: RestRequest): Promise<unknown> => {
    requests.push(request);
    return { errors: true, items: replies[requests.length - 1]!.map((item) => ({ index: item })) };
  };
  const client = { send } as IndexAccess['client'];
  return { access: { client, names: namesFor('billumy'), haltedCopyMs: 0 }, requests };
}

const operation = (id: string): { action: object; source: object } => ({
  action: { index: { _id: id } },
  source: { kind: 'passage' },
});
const idsIn = ({ ndjson = '' }: RestRequest): string[] => [...ndjson.matchAll(/"_id":"(\w+)"/g)].map(([, id]) => id!);

describe('writing in bulk', () => {
  it('sends again what a busy server refused (scripted replies), and nothing else', async () => {
    const { access, requests } = scripted([[ok, busy, ok, busy], [busy, ok], [ok]]);
    const items = await bulk(access, ['a', 'b', 'c', 'd'].map(operation));
    expect(requests.map(idsIn)).toEqual([['a', 'b', 'c', 'd'], ['b', 'd'], ['b']]);
    expect(items).toEqual([ok, ok, ok, ok]);
  });

  it('rejects with the item that failed (scripted replies), and sends nothing again for it', async () => {
    const { access, requests } = scripted([[ok, broken, busy]]);
    await expect(bulk(access, ['a', 'b', 'c'].map(operation))).rejects.toMatchObject({
      status: 400,
      type: 'mapper_parsing_exception',
    });
    expect(requests).toHaveLength(1);
  });

  it('gives back an outcome that was expected (scripted replies)', async () => {
    const conflict: BulkItem = { status: 409, error: { type: 'version_conflict_engine_exception' } };
    const { access } = scripted([[ok, conflict]]);
    expect(await bulk(access, ['a', 'b'].map(operation), { expected: [409] })).toEqual([ok, conflict]);
  });

  it('writes to nothing but an alias, and in requests of about two megabytes', async () => {
    const { access, requests } = scripted([[ok], [ok, ok]]);
    const large = { action: { index: { _id: 'a' } }, source: { text: 'x'.repeat(1_500_000) } };
    expect(await bulk(access, [large, large, operation('c')], { refresh: true })).toEqual([ok, ok, ok]);
    expect(requests.map(({ path, query }) => ({ path, query }))).toEqual(
      [1, 2].map(() => ({ path: '/billumy-passages-write/_bulk', query: { require_alias: true, refresh: true } })),
    );
    expect(requests.map(idsIn)).toEqual([['a'], ['a', 'c']]);
  });
});
