import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ask, connect, documentSchema, logIn, type Answer, type Connection } from '@billumy/protocol';
import { buildApp } from '@billumy/server/app';
import { parseConfig } from '@billumy/server/config/config';
import { wire } from '@billumy/server/wire';
import { readAnswerCases, type AnswerCase } from './answer-set.ts';

/**
 * What a person is shown. Of a question that has an answer: its sentence, as written (`right`) or in a quotation
 * (`quoted`), something else as an answer (`wrong`), or a refusal (`unanswered`); of another one: a refusal (`refused`)
 * or an answer (`invented`).
 */
export type Outcome = 'right' | 'quoted' | 'wrong' | 'unanswered' | 'refused' | 'invented';

export interface JudgedAnswer extends AnswerCase {
  outcome: Outcome;
  shown: Answer;
}

const outcomes = ['right', 'quoted', 'wrong', 'unanswered', 'refused', 'invented'] as const;
const password = 'correct horse battery staple';

/** Asks the cases through the service over HTTP, with the bundled model, the passages of each in a collection. */
export async function runAnswerEval(cases: readonly AnswerCase[]): Promise<JudgedAnswer[]> {
  const directory = await mkdtemp(join(tmpdir(), 'billumy-eval-'));
  const config = parseConfig({ DATA_DIR: directory, OFFLINE: '1', LANGUAGE_MODEL: 'nano', ADMIN_PASSWORD: password });
  const service = await wire({ config, report: (what, error) => console.error(`${what}: ${String(error)}`) });
  const app = await buildApp({ ...service.app, logLevel: 'silent' });
  try {
    await app.listen({ port: 0, host: '127.0.0.1' });
    return await askAll(cases, await signIn(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`));
  } finally {
    app.server.closeAllConnections();
    await app.close();
    await service[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  }
}

async function signIn(url: string): Promise<Connection> {
  const { access_token: token } = await logIn(connect({ url }), { username: 'admin', password });
  return connect({ url, token });
}

async function askAll(cases: readonly AnswerCase[], connection: Connection): Promise<JudgedAnswer[]> {
  const collections = new Map<string, string>();
  const judged: JudgedAnswer[] = [];
  for (const each of cases) {
    const content = JSON.stringify(each.passages);
    const collection = collections.get(content) ?? `case-${collections.size + 1}`;
    if (!collections.has(content)) {
      collections.set(content, collection);
      await addPassages(connection, { collection, passages: each.passages });
    }
    const shown = await ask(connection, { question: each.question, collections: [collection] });
    judged.push({ ...each, shown, outcome: outcomeOf(each, shown) });
  }
  return judged;
}

async function addPassages(
  connection: Connection,
  { collection, passages }: Pick<AnswerCase, 'passages'> & { collection: string },
): Promise<void> {
  for (const passage of passages) {
    const body = { ...passage, collection };
    const reply = await connection.json('/documents', { method: 'POST', body, headers: { prefer: 'wait=60' } });
    const { status } = documentSchema.parse(reply);
    if (status !== 'ready') throw new Error(`a passage of ${collection} could not be read`);
  }
}

export function outcomeOf(
  { sentence }: Pick<AnswerCase, 'sentence'>,
  { answered, answer, mode }: Pick<Answer, 'answered' | 'answer' | 'mode'>,
): Outcome {
  if (sentence === null) return answered ? 'invented' : 'refused';
  if (!answered) return 'unanswered';
  if (!inWords(answer).includes(inWords(sentence))) return 'wrong';
  return mode === 'extractive' ? 'quoted' : 'right';
}

/** Without markers, and however the lines break. */
const inWords = (text: string): string =>
  text
    .replaceAll(/\s*\[\d+\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What became of the questions of files of cases, after those that were shown something wrong. */
export async function answerFigures(files: readonly string[]): Promise<string> {
  const failures: string[] = [];
  const rows = [row('', ['questions', ...outcomes])];
  for (const file of files) {
    const judged = await runAnswerEval(await readAnswerCases(file));
    const failed = judged.filter(({ outcome }) => outcome === 'wrong' || outcome === 'invented');
    failures.push(
      ...failed.map(({ outcome, question, shown }) => `${outcome}: ${question}\n    ${shown.mode}: ${shown.answer}`),
    );
    const counts = outcomes.map((name) => judged.filter(({ outcome }) => outcome === name).length);
    rows.push(row(basename(file), [judged.length, ...counts]));
  }
  return [...failures, ...rows].join('\n');
}

function row(name: string, cells: readonly (string | number)[]): string {
  return name.padEnd(16) + cells.map((each) => String(each).padStart(11)).join('');
}
