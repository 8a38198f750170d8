import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface EvaluationDocument {
  id: string;
  title: string;
  text: string;
}

export interface EvaluationQuestion {
  question: string;
  /** Ids of the documents that answer it. */
  relevant: readonly string[];
  answerable: boolean;
}

export interface EvaluationSet {
  documents: EvaluationDocument[];
  questions: EvaluationQuestion[];
}

/**
 * Reads a folder with `documents` and `questions.jsonl`. A document is a `.txt` or `.md` file, whose id is its name
 * without the ending, or a line `{id, title?, text}` of a `.jsonl` file. A question is a line
 * `{question, relevant: [ids], answerable?}`; without relevant documents it is taken as unanswerable.
 */
export async function readEvaluationSet(folder: string): Promise<EvaluationSet> {
  const directory = join(folder, 'documents');
  const names = (await readdir(directory)).toSorted();
  const documents = (await Promise.all(names.map((name) => readDocuments(directory, name)))).flat();
  const known = new Set(documents.map(({ id }) => id));
  const questions = parseLines(await readFile(join(folder, 'questions.jsonl'), 'utf8')).map(toQuestion);
  const unknown = questions.flatMap(({ relevant }) => relevant).find((id) => !known.has(id));
  if (unknown !== undefined) throw new Error(`questions.jsonl names the document "${unknown}", which is not there`);
  return { documents, questions };
}

async function readDocuments(directory: string, name: string): Promise<EvaluationDocument[]> {
  const ending = extname(name);
  const text = await readFile(join(directory, name), 'utf8');
  if (ending === '.jsonl') return parseLines(text).map(toDocument);
  if (ending !== '.txt' && ending !== '.md') throw new Error(`${name}: expected .txt, .md or .jsonl`);
  const heading = /^#\s+(.+)$/m.exec(text)?.[1];
  const id = name.slice(0, -ending.length);
  return [{ id, title: heading ?? id, text }];
}

function parseLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function toDocument({ id, title = '', text }: Record<string, unknown>): EvaluationDocument {
  if (typeof id !== 'string' || typeof title !== 'string' || typeof text !== 'string') {
    throw new TypeError('a document line needs "id" and "text"');
  }
  return { id, title, text };
}

function toQuestion({ question, relevant = [], answerable }: Record<string, unknown>): EvaluationQuestion {
  if (typeof question !== 'string' || !Array.isArray(relevant)) {
    throw new TypeError('a question line needs "question" and a list "relevant"');
  }
  const ids = relevant.map(String);
  return { question, relevant: ids, answerable: typeof answerable === 'boolean' ? answerable : ids.length > 0 };
}
