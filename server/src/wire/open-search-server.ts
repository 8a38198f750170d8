import { readFile } from 'node:fs/promises';
import { ConfigError, type Config } from '../config/config.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import { openOpenSearchIndex } from '../services/search/opensearch/open-opensearch-index.ts';

/** The search index in OpenSearch, which need not be there yet. */
export async function openSearchServer(config: Config): Promise<SearchIndex> {
  return openOpenSearchIndex({
    urls: config.OPENSEARCH_URL ?? [],
    username: config.OPENSEARCH_USERNAME,
    password: config.OPENSEARCH_PASSWORD,
    apiKey: config.OPENSEARCH_API_KEY,
    certificates: config.OPENSEARCH_CA_FILE === null ? null : await readCertificates(config.OPENSEARCH_CA_FILE),
    prefix: config.OPENSEARCH_INDEX,
    vectors: config.OPENSEARCH_VECTORS,
  });
}

async function readCertificates(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.includes('BEGIN CERTIFICATE')) return text;
  throw new ConfigError([
    'OPENSEARCH_CA_FILE: expected the path of a file with certificates in PEM (see docs/config.md#opensearch_ca_file)',
  ]);
}
