import { readFile } from 'node:fs/promises';

/** A question over passages, each a document of its own, and the sentence that answers; null where none does. */
export interface AnswerCase {
  passages: readonly { title: string; text: string }[];
  question: string;
  sentence: string | null;
}

const unknown = new Set(['Não sei: as fontes não respondem.', 'I do not know: the sources do not answer.']);

/** Reads cases as the language model `nano` is measured on: a list of `{user, answer}` in its prompt; talk is left out. */
export async function readAnswerCases(file: string): Promise<AnswerCase[]> {
  const cases = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>[];
  return cases.flatMap((each) => toCase(each) ?? []);
}

function toCase({ user, answer }: Record<string, unknown>): AnswerCase | null {
  if (typeof user !== 'string' || typeof answer !== 'string') throw new TypeError('a case needs "user" and "answer"');
  const found = /^(?<sources>\[1\] .*)\n\n(?:Pergunta|Question): (?<question>.*)$/s.exec(user)?.groups;
  if (found === undefined) return null;
  const passages = found['sources']!.split(/^\[\d+\] /m).slice(1);
  const sentence = unknown.has(answer) ? null : answer.replace(/ \[\d+\]$/, '');
  if (sentence !== null && !found['sources']!.includes(sentence)) return null;
  return { passages: passages.map(toPassage), question: found['question']!, sentence };
}

/** The first line is the title, unless it is all there is, or a sentence, a heading or a point of a list. */
function toPassage(passage: string, index: number): AnswerCase['passages'][number] {
  const text = passage.trim();
  const [first = '', ...rest] = text.split('\n');
  const isTitled = rest.length > 0 && !/^(?:[-*•#]|\d+\. )|[.;:!]$/.test(first);
  return isTitled ? { title: first, text: rest.join('\n').trim() } : { title: String(index + 1), text };
}
