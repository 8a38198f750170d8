import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A question about a table, and the SQL that answers it; null where the table cannot answer it. */
export interface LabelledQuestion {
  table: string;
  language: 'pt' | 'en';
  question: string;
  sql: string | null;
  /** Not looked at while the product was made to answer questions. */
  heldOut: boolean;
}

/**
 * Reads `questions.jsonl` of a folder, in which every table named is a CSV file. SQL gives one number, the two numbers
 * that are compared (the later one first), or rows of a name and a number.
 */
export async function readQuestions(folder: string): Promise<LabelledQuestion[]> {
  const text = await readFile(join(folder, 'questions.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => toQuestion(JSON.parse(line) as Record<string, unknown>));
}

function toQuestion({ table, language, question, sql, heldOut }: Record<string, unknown>): LabelledQuestion {
  if (typeof table !== 'string' || typeof question !== 'string' || (language !== 'pt' && language !== 'en')) {
    throw new TypeError('a question line needs "table", "language" ("pt" or "en") and "question"');
  }
  return { table, language, question, sql: typeof sql === 'string' ? sql : null, heldOut: heldOut === true };
}
