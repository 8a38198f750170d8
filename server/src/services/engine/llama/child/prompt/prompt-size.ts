import type { ChatMessage } from '../../../../../models/language-model.ts';
import type { Prompt } from '../../../../../ports/engine.ts';

/** Characters of all that a prompt says, tools and what was called included: what a template may put into words. */
export function charactersOf(prompt: Prompt): number {
  switch (prompt.type) {
    case 'chat':
      return sum(prompt.messages.map(charactersOfMessage)) + charactersOfValue(prompt.tools);
    case 'text':
      return sum(prompt.pieces.map((piece) => ('text' in piece ? piece.text.length : 0)));
    case 'infill':
      return prompt.before.length + prompt.after.length;
    default:
      return prompt satisfies never;
  }
}

export function charactersOfMessage({ text, thinking, toolCalls }: ChatMessage): number {
  return text.length + (thinking?.length ?? 0) + charactersOfValue(toolCalls);
}

export function charactersOfValue(value: readonly unknown[] | undefined): number {
  return value === undefined || value.length === 0 ? 0 : JSON.stringify(value).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
