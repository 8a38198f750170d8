import { describe, expect, it } from 'vitest';
import { namesFor } from '../../../../src/services/search/opensearch/names.ts';
import { openRestClient } from '../../../../src/services/search/opensearch/rest/rest-client.ts';
import { runSearches } from '../../../../src/services/search/opensearch/rest/run-searches.ts';
import { answers, openFlakyServer } from '../../../support/flaky-server.ts';

const found = { status: 200, timed_out: false, hits: { hits: [] } };
const refused = (status: number, type: string): object => ({ status, error: { type, reason: 'because' } });

/** Runs two searches on a server that replies with these responses, one list after the other. */
async function outcome(replies: readonly (readonly object[])[]) {
  const json = { 'content-type': 'application/json' };
  await using server = await openFlakyServer(
    replies.map((responses) => answers(200, json, JSON.stringify({ responses }))),
  );
  await using client = openRestClient({ urls: [server.url] });
  const access = { client, names: namesFor('billumy'), haltedCopyMs: 0 };
  const result = await runSearches(access, [{}, {}]).catch((error: unknown) => error);
  return { result, requests: server.requests.map(({ path }) => path) };
}

const path = '/billumy-passages-read/_msearch';

describe('searches in one request (a server of the test)', () => {
  it('are sent again when a busy server refused one of them', async () => {
    const busy = refused(429, 'rejected_execution_exception');
    const { result, requests } = await outcome([
      [found, busy],
      [found, found],
    ]);
    expect(result).toEqual([found, found]);
    expect(requests).toEqual([path, path]);
  });

  it.each([
    ['one failed', refused(400, 'query_shard_exception'), { status: 400, type: 'query_shard_exception' }],
    ['one ran out of time', { ...found, timed_out: true }, { status: 504, type: 'search_timed_out' }],
  ])('are no half answer when %s', async (_, response, error) => {
    const { result, requests } = await outcome([[found, response]]);
    expect(result).toMatchObject(error);
    expect(requests).toEqual([path]);
  });
});
