/** Turns tokens into text that can be shown: never half a character, never a part of a stop string. */
export interface TextStream {
  /** Adds the text of one more token; returns what may be shown now. */
  push(token: number): string;
  /** What was held back, at the end. */
  end(): string;
  /** True once a stop string was seen: nothing more will be shown. */
  readonly stopped: boolean;
}

export interface TextStreamOptions {
  /** The text of tokens that follow `before`. */
  detokenize(tokens: readonly number[], before: readonly number[]): string;
  stop: readonly string[];
}

const replacementCharacter = '\uFFFD';
/** A character takes at most four bytes, so at most four tokens; beyond that the bytes are not UTF-8. */
const longestCharacter = 4;
/** How many tokens back decide whether a space belongs before the next one. */
const tokensBefore = 4;

export function createTextStream({ detokenize, stop }: TextStreamOptions): TextStream {
  const stops = stop.filter((text) => text !== '');
  let before: number[] = [];
  let pending: number[] = [];
  let held = '';
  let stopped = false;

  function decoded(final: boolean): string {
    const text = detokenize(pending, before);
    if (!final && text.endsWith(replacementCharacter) && pending.length < longestCharacter) return '';
    before = [...before, ...pending].slice(-tokensBefore);
    pending = [];
    return text;
  }

  function release(text: string): string {
    held += text;
    const end = firstStop(held, stops);
    if (end !== -1) {
      stopped = true;
      const shown = held.slice(0, end);
      held = '';
      return shown;
    }
    const keep = beginningOfStop(held, stops);
    const shown = held.slice(0, held.length - keep);
    held = held.slice(held.length - keep);
    return shown;
  }

  return {
    push(token) {
      if (stopped) return '';
      pending.push(token);
      const text = decoded(false);
      return text === '' ? '' : release(text);
    },
    end() {
      if (stopped) return '';
      const text = pending.length === 0 ? '' : release(decoded(true));
      const rest = stopped ? '' : held;
      held = '';
      return text + rest;
    },
    get stopped() {
      return stopped;
    },
  };
}

function firstStop(text: string, stops: readonly string[]): number {
  const places = stops.map((stop) => text.indexOf(stop)).filter((place) => place !== -1);
  return places.length === 0 ? -1 : Math.min(...places);
}

/** Length of the longest end of the text that begins a stop string. */
function beginningOfStop(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(stop.slice(0, length))) longest = length;
    }
  }
  return longest;
}
