import type { Language } from '../../models/language.ts';
import type { ChatMessage } from '../../models/language-model.ts';
import { withoutInvisible } from './grounding/harmless-text.ts';

const system: Readonly<Record<Language, string>> = {
  pt: 'Responda à pergunta usando apenas as fontes. Cite a fonte como [n]. Se as fontes não respondem, diga que não sabe.',
  en: 'Answer the question using only the sources. Cite the source as [n]. If the sources do not answer, say that you do not know.',
};
// Of chat templates that are not written as <|…|>.
const templateToken = /\[(\/?INST)\]|<(\/?s|<\/?SYS>|(?:start|end)_of_turn|bos|eos|unk|pad)>/gi;
const questionLabel: Readonly<Record<Language, string>> = { pt: 'Pergunta', en: 'Question' };

/** What a prompt shows of a source. */
export interface PromptSource {
  number: number;
  document: { title: string };
  section: readonly string[];
  text: string;
}

export interface PromptInput {
  question: string;
  sources: readonly PromptSource[];
  language: Language;
  /** Turns before this one, oldest first. */
  history: readonly ChatMessage[];
}

/** The chat that asks a language model; the bundled nano is trained on exactly this text. */
export function buildPrompt({ question, sources, language, history }: PromptInput): ChatMessage[] {
  const asked = `${questionLabel[language]}: ${onOneLine(question)}`;
  return [
    { role: 'system', text: system[language] },
    ...history.map(({ role, text }) => ({ role, text: inert(text) })),
    { role: 'user', text: [...sources.map(sourceBlock), asked].join('\n\n') },
  ];
}

/** What the model reads of one source. */
export function sourceBlock(source: PromptSource): string {
  const path = [source.document.title, ...source.section].map(onOneLine).filter((part) => part !== '');
  const title = withoutRepeats(path).join(' > ');
  return `[${source.number}] ${title === '' ? '' : `${title}\n`}${inert(source.text)}`;
}

/**
 * Text that cannot leave its place in the prompt: no chat tokens, no line that looks like the header of a source or
 * like the question, no blank line that would end the source.
 */
function inert(text: string): string {
  return withoutInvisible(text)
    .replaceAll('<|', '< |')
    .replaceAll('|>', '| >')
    .replaceAll(templateToken, (token) => `(${token.slice(1, -1)})`)
    .replaceAll(/^(\s*)\[(\d+)\]/gmu, '$1($2)')
    .replaceAll(/^(\s*(?:pergunta|question))\s*:/gimu, '$1 -')
    .replaceAll(/\s*\n\s*/gu, '\n')
    .trim();
}

/** `inert`, as one line. */
export function onOneLine(text: string): string {
  return inert(text).replaceAll(/\s+/gu, ' ');
}

/** A document's title is often its first heading too. */
function withoutRepeats(path: readonly string[]): string[] {
  return path.filter((part, index) => part !== path[index - 1]);
}
