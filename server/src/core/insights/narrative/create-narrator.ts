import type { Finding, RejectionReason } from '../../../models/insight.ts';
import { askModel, type ModelWords } from './ask-model.ts';
import { sumOfChecks } from './check-numbers.ts';
import { reasonOf } from './linter/problem.ts';
import type { Narration, Narrator, NarratorOptions } from './narrator.ts';
import { putIntoWords, type PutIntoWords } from './put-into-words.ts';

/** Whoever tells without a model tells in the built-in sentences. */
export function createNarrator(): Narrator {
  return {
    tell: async (findings, options) => {
      if (options.write === null)
        return narration(
          findings.map((finding) => ({ finding, words: null })),
          options,
        );
      const asked = await askAboutAll(findings, { ...options, write: options.write });
      return narration(asked, options);
    },
  };
}

type Asked = { finding: Finding; words: ModelWords | null };

/** Asks about all findings at once; when a model fails for one, the others are not waited for. */
async function askAboutAll(
  findings: readonly Finding[],
  { signal, ...options }: NarratorOptions & { write: NonNullable<NarratorOptions['write']> },
): Promise<readonly Asked[]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  return Promise.all(
    findings.map(async (finding) => {
      try {
        return { finding, words: await askModel(finding, { ...options, signal: either }) };
      } catch (error) {
        failed.abort(error);
        return { finding, words: null };
      }
    }),
  );
}

function narration(asked: readonly Asked[], { write, ...options }: NarratorOptions): Narration {
  const told = asked.map(({ finding, words }) => putIntoWords(finding, { words, ...options }));
  return {
    narratives: told.map(({ narrative }) => narrative),
    rejected: countRejected(asked, told),
    isDegraded: write !== null && told.some(({ dropped, narrative }) => dropped > 0 || narrative.origin === 'template'),
    sentencesDropped: told.reduce((sum, { dropped }) => sum + dropped, 0),
    numbers: sumOfChecks(told.map(({ numbers }) => numbers)),
  };
}

function countRejected(asked: readonly Asked[], told: readonly PutIntoWords[]): Narration['rejected'] {
  const counts = new Map<RejectionReason, number>();
  const add = (reason: RejectionReason, count: number): void => {
    if (count > 0) counts.set(reason, (counts.get(reason) ?? 0) + count);
  };
  for (const { words } of asked) {
    for (const problem of words?.rejected ?? []) add(reasonOf(problem), 1);
    add('broken_template', words?.unreadable ?? 0);
  }
  for (const { ungrounded } of told) add('ungrounded_number', ungrounded);
  return Array.from(counts, ([reason, count]) => ({ reason, count }));
}
