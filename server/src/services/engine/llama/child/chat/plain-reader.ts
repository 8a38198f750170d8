import type { OutputReader } from './chat-form.ts';

/** For an answer in which everything is text. */
export function createPlainReader(): OutputReader {
  return {
    push: (text) => (text === '' ? [] : [{ type: 'text', text }]),
    end: () => [],
  };
}
