import { randomBytes } from 'node:crypto';
import type { SearchIndex } from '../../src/ports/search-index.ts';
import {
  openOpenSearchIndex,
  type OpenSearchIndexOptions,
} from '../../src/services/search/opensearch/open-opensearch-index.ts';

/** Of a server for tests, which may be a company's own; empty when there is none. User and password may be in it. */
export const openSearchUrl = process.env['BILLUMY_TEST_OPENSEARCH_URL'] ?? '';
export const withoutServer = 'set BILLUMY_TEST_OPENSEARCH_URL to the address of an OpenSearch to run it';

export interface TestIndices extends AsyncDisposable {
  /** Removed at the end as well. */
  freshPrefix(): string;
  open(options?: Partial<OpenSearchIndexOptions>): Promise<SearchIndex>;
  openPair(): Promise<readonly [SearchIndex, SearchIndex]>;
}

/** Indices that no other run of the tests has; they are removed with everything in them when it is disposed of. */
export function testIndices(url = openSearchUrl): TestIndices {
  const prefixes: string[] = [];
  const freshPrefix = (): string => {
    const prefix = `billumy_test_${randomBytes(6).toString('hex')}`;
    prefixes.push(prefix);
    return prefix;
  };
  return {
    freshPrefix,
    open: async (options = {}) => openOpenSearchIndex({ urls: [url], prefix: freshPrefix(), ...options }),
    async openPair() {
      const options = { urls: [url], prefix: freshPrefix() };
      return [openOpenSearchIndex(options), openOpenSearchIndex(options)];
    },
    async [Symbol.asyncDispose]() {
      for (const prefix of prefixes.splice(0)) await removeIndices(url, prefix);
    },
  };
}

/** By their names: a cluster may forbid to delete by a pattern. */
async function removeIndices(url: string, prefix: string): Promise<void> {
  const found = await ask<Record<string, unknown>>(url, { path: `/${prefix}*` });
  for (const name of Object.keys(found)) await ask(url, { method: 'DELETE', path: `/${name}` });
}

export interface PlainRequest {
  method?: string;
  path: string;
  body?: object;
}

/** Asks the server itself, past the adapter. */
export async function ask<Reply = unknown>(url: string, { method = 'GET', path, body }: PlainRequest): Promise<Reply> {
  const { username, password, origin } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  const response = await fetch(origin + path, {
    method,
    headers: { 'content-type': 'application/json', ...(username === '' ? {} : { authorization }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Reply;
}
