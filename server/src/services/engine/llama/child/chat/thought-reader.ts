import { trimmedLength, unfinished } from './overlap.ts';
import type { ThinkingTags } from './thinking-tags.ts';

/** What a piece of an answer came to. */
export interface ThoughtPiece {
  thinking: string;
  /** What is not thought. */
  rest: string;
}

/** Parts thoughts, at the beginning of an answer, from what is said; white space around the tags belongs to neither. */
export interface ThoughtReader {
  push(text: string): ThoughtPiece;
  end(): ThoughtPiece;
}

/** @param isOpen whether the prompt has opened the thought already */
export function createThoughtReader({ open, close }: ThinkingTags, isOpen: boolean): ThoughtReader {
  let state: 'before' | 'thinking' | 'between' | 'after' = isOpen ? 'thinking' : 'before';
  let hasThought = false;
  let held = '';

  function before(): ThoughtPiece {
    const start = held.trimStart();
    if (start.startsWith(open)) {
      state = 'thinking';
      held = start.slice(open.length);
      return thinking();
    }
    if (open.startsWith(start)) return nothing;
    state = 'after';
    return rest();
  }

  function thinking(): ThoughtPiece {
    if (!hasThought) held = held.trimStart();
    const end = held.indexOf(close);
    if (end !== -1) {
      const thought = held.slice(0, end).trimEnd();
      held = held.slice(end + close.length);
      state = 'between';
      const said = between();
      return { thinking: thought, rest: said.rest };
    }
    const shown = trimmedLength(held.slice(0, held.length - unfinished(held, [close])));
    const thought = held.slice(0, shown);
    held = held.slice(shown);
    hasThought ||= thought !== '';
    return { thinking: thought, rest: '' };
  }

  function between(): ThoughtPiece {
    held = held.trimStart();
    if (held === '') return nothing;
    state = 'after';
    return rest();
  }

  function rest(): ThoughtPiece {
    const said = held;
    held = '';
    return { thinking: '', rest: said };
  }

  const steps = { before, thinking, between, after: rest };
  return {
    push(text) {
      held += text;
      return steps[state]();
    },
    end() {
      const left = held;
      held = '';
      if (state === 'thinking') return { thinking: left.trimEnd(), rest: '' };
      return { thinking: '', rest: state === 'between' ? '' : left };
    },
  };
}

const nothing: ThoughtPiece = { thinking: '', rest: '' };
