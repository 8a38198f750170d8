import type { Thinking } from '../../models/language-model.ts';
import { finishPieces } from './finish-pieces.ts';
import { executeGoTemplate } from './go-template/executor.ts';
import type { Piece } from './go-template/values.ts';
import { readTemplate } from './read-template.ts';
import { renderChat } from './render-chat.ts';
import { thinkingValues } from './thinking-values.ts';

export interface QuestionToRender {
  /** In the language of Go's `text/template`, as in Ollama's Modelfiles. */
  template: string;
  system?: string | undefined;
  prompt: string;
  /** What comes after the gap that the answer fills. */
  suffix?: string | undefined;
  think?: Thinking | null | undefined;
  now: () => Date;
}

/** The prompt of one question, as pieces of a `TextPrompt`. Throws `invalid_request` with the words of Go. */
export function renderQuestion(question: QuestionToRender): readonly Piece[] {
  const { template, system = '', prompt, suffix = '', think = null, now } = question;
  if (suffix !== '' && prompt !== '') {
    const values = { ...thinkingValues(think), Prompt: prompt, Suffix: suffix, Response: '' };
    return finishPieces(executeGoTemplate(readTemplate(template).template, values, { now }));
  }
  const asked = { role: 'user' as const, text: prompt };
  const messages = system === '' ? [asked] : [{ role: 'system' as const, text: system }, asked];
  return renderChat({ template, messages, think, now });
}
