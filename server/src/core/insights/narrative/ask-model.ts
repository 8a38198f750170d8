import type { Finding } from '../../../models/insight.ts';
import type { NarrativeTemplates } from './built-in-narrative.ts';
import type { WordingOptions } from './label-text.ts';
import { lintTemplates } from './linter/lint-templates.ts';
import type { Problem } from './linter/problem.ts';
import { narrativePrompt, type Rewrite } from './narrative-prompt.ts';
import type { WriteNarrative } from './narrator.ts';

/** What a model wrote for a finding: its last words, and everything that was found wrong with those and the earlier. */
export interface ModelWords {
  /** null: it wrote nothing that could be read. */
  templates: NarrativeTemplates | null;
  /** Of the last answer. Parts without a problem can be shown. */
  problems: readonly Problem[];
  /** Of all answers. */
  rejected: readonly Problem[];
  /** Answers that were no JSON of the schema. */
  unreadable: number;
}

const attempts = 3;

/** Has a model write, and write again with what was wrong, twice. Rejects as `write` does and when the signal aborts. */
export async function askModel(
  finding: Finding,
  { write, signal, ...options }: WordingOptions & { write: WriteNarrative; signal: AbortSignal },
): Promise<ModelWords> {
  let words: ModelWords = { templates: null, problems: [], rejected: [], unreadable: 0 };
  let rewrite: Rewrite | null = null;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer: string = await orAbort(write(narrativePrompt(finding, { ...options, rewrite }), { signal }), signal);
    const templates = parseAnswer(answer);
    if (templates === null) {
      words = { ...words, unreadable: words.unreadable + 1 };
      continue;
    }
    const problems = lintTemplates(templates, { finding, ...options });
    words = { ...words, templates, problems, rejected: [...words.rejected, ...problems] };
    if (problems.length === 0) break;
    rewrite = { answer, problems };
  }
  return words;
}

/** The templates of an answer, also when something stands around the JSON; null when there are none. */
function parseAnswer(answer: string): NarrativeTemplates | null {
  try {
    const value: unknown = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    if (typeof value !== 'object' || value === null) return null;
    const { headline, explanation, action } = value as Record<string, unknown>;
    if (typeof headline !== 'string' || typeof explanation !== 'string' || typeof action !== 'string') return null;
    return { headline: headline.trim(), explanation: explanation.trim(), action: action.trim() };
  } catch {
    return null;
  }
}

/** A model that does not hear the signal is not waited for. */
async function orAbort(written: Promise<string>, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const done = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
  });
  try {
    return await Promise.race([written, aborted]);
  } finally {
    done.abort();
  }
}
