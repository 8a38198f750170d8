import { afterAll, describe } from 'vitest';
import { searchIndexContract } from '../contracts/search-index-contract.ts';
import { searchIndexEmbeddingsContract } from '../contracts/search-index-embeddings-contract.ts';
import { openSearchUrl, testIndices, withoutServer } from '../support/opensearch.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

describe.skipIf(openSearchUrl === '')(`a real OpenSearch (${withoutServer})`, () => {
  searchIndexContract('OpenSearch', indices);
  searchIndexEmbeddingsContract('OpenSearch', indices);
});
