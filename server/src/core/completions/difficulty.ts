import { fold } from '../retrieval/fold.ts';
import type { CompletionPrompt } from './completions.ts';

export type Difficulty = 'simple' | 'medium' | 'complex';

export interface Assessment {
  difficulty: Difficulty;
  /** What spoke for more than `simple`, in words that a log can show. */
  reasons: readonly string[];
}

interface Signal {
  points: number;
  reason: string;
}

const mediumFrom = 2;
const complexFrom = 5;

/**
 * How much a prompt asks of a model, by signs that cost nothing: length, the kind of question, data that comes along,
 * sources, history, tools. The same prompt is always judged alike.
 */
export function assessDifficulty(prompt: CompletionPrompt): Assessment {
  const question = questionOf(prompt);
  const signals = [
    lengthSignal(question),
    kindSignal(fold(question)),
    dataSignal(question),
    sourcesSignal(question),
    historySignal(prompt),
    toolsSignal(prompt),
  ].filter((signal) => signal !== undefined);
  const points = signals.reduce((sum, signal) => sum + signal.points, 0);
  const difficulty = points >= complexFrom ? 'complex' : points >= mediumFrom ? 'medium' : 'simple';
  return { difficulty, reasons: signals.map(({ reason }) => reason) };
}

function questionOf(prompt: CompletionPrompt): string {
  if (prompt.type === 'chat') return prompt.messages.findLast(({ role }) => role === 'user')?.text ?? '';
  return prompt.type === 'infill' ? prompt.before : prompt.text;
}

function lengthSignal(question: string): Signal | undefined {
  const words = question.split(/\s+/u).length;
  if (words > 400) return { points: 3, reason: 'more than 400 words' };
  if (words > 80) return { points: 2, reason: 'more than 80 words' };
  if (words > 30) return { points: 1, reason: 'more than 30 words' };
  return undefined;
}

/** Stems of folded words, in Portuguese and English. */
const demanding =
  /\b(?:analis\w+|analys\w+|analyz\w+|compar\w+|avali\w+|evaluat\w+|interpret\w+|justifi\w+|demonstr\w+|prov[ae]\b|proof|planej\w+|plan\b|estrateg\w+|strateg\w+|trade-?offs?|recomend\w+|recommend\w+|preve\w*|forecast\w*|passo a passo|step by step)/;
const explaining = /\b(?:por que|porque|why|como|how|explique|explain|resum\w+|summari\w+|diferenca|difference)\b/;

function kindSignal(folded: string): Signal | undefined {
  if (demanding.test(folded)) return { points: 3, reason: 'asks to analyse, compare or plan' };
  if (explaining.test(folded)) return { points: 2, reason: 'asks why or how' };
  const asked = folded.match(/\?/g)?.length ?? 0;
  return asked > 2 ? { points: 2, reason: 'asks several things' } : undefined;
}

const figures = /\d+(?:[.,]\d+)*/g;
const manyFigures = 12;

function dataSignal(question: string): Signal | undefined {
  if (/```|^\s*[{[]/m.test(question)) return { points: 2, reason: 'carries code or JSON' };
  if (/^.*[|;\t].*[|;\t].*\n.*[|;\t].*[|;\t]/m.test(question)) return { points: 3, reason: 'carries a table' };
  const count = question.match(figures)?.length ?? 0;
  return count >= manyFigures ? { points: 2, reason: 'carries many figures' } : undefined;
}

function sourcesSignal(question: string): Signal | undefined {
  const sources = question.match(/^\[\d+\] /gm)?.length ?? 0;
  return sources > 3 ? { points: 1, reason: 'has more than three sources' } : undefined;
}

function historySignal(prompt: CompletionPrompt): Signal | undefined {
  if (prompt.type !== 'chat') return undefined;
  const answers = prompt.messages.filter(({ role }) => role === 'assistant').length;
  return answers >= 4 ? { points: 1, reason: 'has a long history' } : undefined;
}

function toolsSignal(prompt: CompletionPrompt): Signal | undefined {
  const tools = prompt.type === 'chat' ? (prompt.tools?.length ?? 0) : 0;
  return tools > 0 ? { points: 2, reason: 'may use tools' } : undefined;
}
