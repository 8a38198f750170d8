import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileTable } from '@billumy/server/core/insights/profile/profile-table';
import { createQuestionAnswerer } from '@billumy/server/core/insights/questions/create-question-answerer';
import type { DataAnswer, TableProfile } from '@billumy/server/models/insight';
import type { Cell } from '@billumy/server/models/table';
import type { DataSession } from '@billumy/server/ports/data-engine';
import { openDuckDbEngine } from '@billumy/server/services/data-engine/duckdb-engine';
import { readQuestions, type LabelledQuestion } from './question-set.ts';

/** `right`, `wrong` and `asked` (what it would need to know) of questions that have an answer; `refused` and `invented` of others. */
export type Outcome = 'right' | 'wrong' | 'asked' | 'refused' | 'invented';

export interface JudgedQuestion extends LabelledQuestion {
  outcome: Outcome;
  said: string;
}

/** The tables are from before this day, which questions such as "last month" are of. */
const today = new Date('2025-07-10T12:00:00Z');
const deadlineMs = 600_000;

/** Asks the questions of a folder (see question-set.ts) without a model, and compares with what their SQL gives. */
export async function runQuestionEval(
  folder: string,
  { only }: { only?: readonly string[] } = {},
): Promise<JudgedQuestion[]> {
  const questions = (await readQuestions(folder)).filter(({ table }) => only?.includes(table) ?? true);
  const directory = await mkdtemp(join(tmpdir(), 'billumy-eval-'));
  const engine = await openDuckDbEngine({ folder: join(directory, 'engine') });
  const judged: JudgedQuestion[] = [];
  try {
    for (const name of new Set(questions.map(({ table }) => table))) {
      const bytes = await readFile(join(folder, `${name}.csv`));
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      const content = async function* (): AsyncGenerator<Uint8Array> {
        yield bytes;
      };
      const { signal } = new AbortController();
      const sources = [{ name, format: 'csv', csv: {}, content, digest } as const];
      await using session = await engine.open(sources, { signal, deadlineMs });
      const { profile } = await profileTable(session, { table: session.tables[0]!, hints: [], now: today });
      for (const question of questions.filter(({ table }) => table === name)) {
        judged.push(await judge(question, { session, profile }));
      }
    }
    return judged;
  } finally {
    await engine[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  }
}

async function judge(
  labelled: LabelledQuestion,
  { session, profile }: { session: DataSession; profile: TableProfile },
): Promise<JudgedQuestion> {
  const { signal } = new AbortController();
  const { language, question, sql } = labelled;
  const asked = { session, tables: [profile], language, now: today, write: null, signal };
  const { answer } = await createQuestionAnswerer().answer(question, asked);
  const said = answer === null ? '(insights)' : (answer.needsClarification ?? answer.text);
  const isAnswered = answer !== null && answer.needsClarification === null;
  if (sql === null) return { ...labelled, said, outcome: isAnswered ? 'invented' : 'refused' };
  if (!isAnswered) return { ...labelled, said, outcome: 'asked' };
  const { rows } = await session.query(sql);
  return { ...labelled, said, outcome: isSame(cellsOf(answer), rows) ? 'right' : 'wrong' };
}

/** The numbers that an answer is about, with the names they stand beside. */
function cellsOf({ facts, labels }: DataAnswer): Cell[][] {
  const value = (name: string): Cell => facts[name]?.value ?? null;
  if (facts['value'] !== undefined) return [[value('value')]];
  if (facts['share_pct'] !== undefined) return [[value('share_pct')]];
  if (facts['current'] !== undefined) return [[value('current'), value('previous')]];
  if (facts['first'] !== undefined) return [[value('first'), value('second')]];
  const rows: Cell[][] = [];
  for (let index = 0; labels[`member${index}`] !== undefined; index += 1) {
    const label = labels[`member${index}`];
    const name = label?.kind === 'period' ? label.start : label?.kind === 'value' ? label.text : null;
    const told = ['share_pct', 'change_pct', 'value'].find((each) => facts[`${each}${index}`] !== undefined);
    rows.push([name, value(`${told ?? 'value'}${index}`)]);
  }
  return rows;
}

/** Rows in any order: equal values may stand either way. */
function isSame(found: readonly (readonly Cell[])[], wanted: readonly (readonly Cell[])[]): boolean {
  const [one, other] = [found, wanted].map((rows) => rows.toSorted(byName));
  return found.length === wanted.length && (one ?? []).every((row, index) => isSameRow(row, other?.[index] ?? []));
}

function byName([one = null]: readonly Cell[], [other = null]: readonly Cell[]): number {
  return String(one).localeCompare(String(other));
}

function isSameRow(found: readonly Cell[], wanted: readonly Cell[]): boolean {
  return (
    found.length === wanted.length &&
    found.every((cell, index) => {
      const other = wanted[index] ?? null;
      const [one, two] = [Number(cell), Number(other)];
      if (Number.isNaN(one) || Number.isNaN(two)) return cell === other;
      return Math.abs(one - two) <= 1e-6 * Math.max(1, Math.abs(two));
    })
  );
}

export interface QuestionFigures {
  questions: number;
  counts: Readonly<Record<Outcome, number>>;
}

export function figuresOf(judged: readonly JudgedQuestion[]): QuestionFigures {
  const count = (outcome: Outcome): number => judged.filter((each) => each.outcome === outcome).length;
  return {
    questions: judged.length,
    counts: {
      right: count('right'),
      wrong: count('wrong'),
      asked: count('asked'),
      refused: count('refused'),
      invented: count('invented'),
    },
  };
}

function line(name: string, judged: readonly JudgedQuestion[]): string {
  const { questions, counts } = figuresOf(judged);
  const { right, wrong, asked, refused, invented } = counts;
  return [
    name.padEnd(12),
    ...[questions, right, wrong, asked, refused, invented].map((each) => String(each).padStart(9)),
  ].join('');
}

/** What became of the questions, with those that went wrong of the ones that may be looked at. */
export async function questionFigures(folder = 'examples/data-questions'): Promise<string> {
  const judged = await runQuestionEval(folder);
  const failed = judged.filter(({ outcome, heldOut }) => !heldOut && outcome !== 'right' && outcome !== 'refused');
  return [
    ...failed.map(({ outcome, question, table, said }) => `${outcome}: ${table}: ${question}\n    ${said}`),
    `${''.padEnd(12)}questions    right    wrong    asked  refused invented`,
    line(
      'known',
      judged.filter(({ heldOut }) => !heldOut),
    ),
    line(
      'held out',
      judged.filter(({ heldOut }) => heldOut),
    ),
  ].join('\n');
}
