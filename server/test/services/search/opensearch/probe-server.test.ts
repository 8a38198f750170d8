import { describe, expect, it } from 'vitest';
import { openOpenSearchIndex } from '../../../../src/services/search/opensearch/open-opensearch-index.ts';
import { answers, openFlakyServer } from '../../../support/flaky-server.ts';

/** How the index says what is wrong with a server that greets like this. */
async function complaint(greeting: object): Promise<unknown> {
  await using server = await openFlakyServer([
    answers(200, { 'content-type': 'application/json' }, JSON.stringify(greeting)),
  ]);
  await using index = openOpenSearchIndex({ urls: [server.url], prefix: 'billumy' });
  return await index.status().catch((error: unknown) => error);
}

const unavailable = (text: string): object => ({
  code: 'part_unavailable',
  retryAfterSeconds: 60,
  detail: expect.stringContaining(text) as unknown,
});

describe('a server that is no use as an OpenSearch (a server of the test)', () => {
  it.each(['1.3.20', '2.18.0'])('is refused when it is too old: %s', async (number) => {
    const outcome = await complaint({ version: { distribution: 'opensearch', number } });
    expect(outcome).toMatchObject(unavailable(`OpenSearch ${number} is too old; 2.19`));
  });

  it.each([
    ['another search engine', { version: { number: '8.17.0' } }],
    ['another service', { hello: 'world' }],
  ])('is refused when it is %s', async (_, greeting) => {
    expect(await complaint(greeting)).toMatchObject(unavailable('not an OpenSearch'));
  });
});
