import type { Tool } from '../../../../../models/language-model.ts';
import type { CallTags } from './call-format.ts';
import { createCallReader } from './call-reader.ts';
import type { OutputReader, ReadPart } from './chat-form.ts';
import { createPlainReader } from './plain-reader.ts';
import { createThoughtReader, type ThoughtPiece, type ThoughtReader } from './thought-reader.ts';
import type { ThinkingTags } from './thinking-tags.ts';

export interface OutputReaderOptions {
  /** null for a model that does not think; `isOpen`: the prompt ends inside a thought. */
  thinking: { tags: ThinkingTags; isOpen: boolean } | null;
  /** null when no call is wanted: then everything said is text. */
  calls: { openers: readonly CallTags[]; tools: readonly Tool[] } | null;
}

export function createOutputReader({ thinking, calls }: OutputReaderOptions): OutputReader {
  const said = calls === null ? createPlainReader() : createCallReader(calls.openers, calls.tools);
  return thinking === null ? said : thoughtful(createThoughtReader(thinking.tags, thinking.isOpen), said);
}

function thoughtful(thoughts: ThoughtReader, said: OutputReader): OutputReader {
  function parts({ thinking, rest }: ThoughtPiece): ReadPart[] {
    const thought: ReadPart[] = thinking === '' ? [] : [{ type: 'thinking', text: thinking }];
    return [...thought, ...said.push(rest)];
  }
  return {
    push: (text) => parts(thoughts.push(text)),
    end: () => [...parts(thoughts.end()), ...said.end()],
  };
}
