import type { ToolCall } from '../../../../../models/language-model.ts';

/** A chat in the form its model was trained on, and how to read what the model answers in that form. */
export interface ChatForm {
  tokens: number[];
  /** Tokens that end an answer, besides those the vocabulary says. */
  endTokens: ReadonlySet<number>;
  /** Special tokens that the reader must see as text: those around calls and thoughts. All others stay unseen. */
  shownTokens: ReadonlySet<number>;
  /** GBNF that the answer is forced into, when a tool must be called; null without such a choice. */
  grammar: string | null;
  createReader(): OutputReader;
}

/** Tells thoughts and tool calls from text while an answer is written. */
export interface OutputReader {
  /** Takes the next piece of the answer, which may end anywhere; what is not yet decided is held back. */
  push(text: string): readonly ReadPart[];
  /** What was held back, when nothing follows. */
  end(): readonly ReadPart[];
}

export type ReadPart =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool-call'; call: ToolCall };
