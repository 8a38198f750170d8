import { readdir, readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { IndexedDocument, SearchIndex } from '../../../src/ports/search-index.ts';
import { openSqliteIndex } from '../../../src/services/search/sqlite/open-sqlite-index.ts';
import { openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { found } from '../../support/search.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

const folder = 'examples/eval';

interface Question {
  question: string;
  relevant: string[];
}

async function readLines<Line>(name: string): Promise<Line[]> {
  const lines = (await readFile(`${folder}/${name}`, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Line);
}

async function readQuestions(): Promise<Question[]> {
  return (await readLines<Question>('questions.jsonl')).filter(({ relevant }) => relevant.length > 0);
}

/** Each sentence is a passage. */
async function readDocuments(): Promise<IndexedDocument[]> {
  const names = (await readdir(`${folder}/documents`)).filter((name) => name.endsWith('.jsonl'));
  const read = names.map((name) => readLines<{ id: string; title: string; text: string }>(`documents/${name}`));
  const documents = (await Promise.all(read)).flat();
  return documents.map(({ id, title, text }) => indexedDocument({ id, title, texts: text.split(/(?<=[.!?]) /) }));
}

/** For each question, the ids of the best passages. */
async function search(index: SearchIndex, questions: readonly Question[]): Promise<string[][]> {
  return Promise.all(questions.map(({ question }) => found(index, question)));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean reciprocal rank of a passage of a relevant document. */
function quality(questions: readonly Question[], results: readonly string[][]): number {
  const ranks = questions.map(({ relevant }, position) =>
    results[position]!.findIndex((id) => relevant.includes(id.split(':')[0]!)),
  );
  return mean(ranks.map((rank) => (rank < 0 ? 0 : 1 / (rank + 1))));
}

describe.skipIf(openSearchUrl === '')(`ranking in OpenSearch (${withoutServer})`, () => {
  it('finds the same passages as the embedded index, and as good ones first, for the questions of the examples', async () => {
    await using temporary = await temporaryFolder();
    await using embedded = await openSqliteIndex({ path: temporary.file('search.db') });
    await using index = await indices.open();
    const [documents, questions] = await Promise.all([readDocuments(), readQuestions()]);
    for (const each of [embedded, index]) await each.replaceDocuments(documents);
    const [expected, actual] = [await search(embedded, questions), await search(index, questions)];
    const shared = expected.map((ids, position) => {
      const best = ids.slice(0, 5);
      return best.filter((id) => actual[position]!.slice(0, 5).includes(id)).length / best.length;
    });
    expect(mean(shared)).toBeGreaterThan(0.95);
    expect(quality(questions, expected)).toBeGreaterThan(0.9);
    expect(quality(questions, actual)).toBeGreaterThan(quality(questions, expected) - 0.03);
  });
});
