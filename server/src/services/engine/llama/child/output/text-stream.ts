/** Turns tokens into text that can be shown: never half a character, never a part of a stop string. */
export interface TextStream {
  /** Adds the text of one more token; returns what may be shown now. */
  push(token: number): string;
  /** What was held back, at the end. */
  end(): string;
  /** The stop string that was seen, after which nothing more is shown. */
  readonly stoppedBy: string | undefined;
  /** Characters (UTF-16) of the text so far, shown or held back. */
  readonly decoded: number;
  /** Of those, how many were shown. */
  readonly shown: number;
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
  let stoppedBy: string | undefined;
  let decoded = 0;
  let shown = 0;

  function decode(final: boolean): string {
    const text = detokenize(pending, before);
    if (!final && text.endsWith(replacementCharacter) && pending.length < longestCharacter) return '';
    before = [...before, ...pending].slice(-tokensBefore);
    pending = [];
    decoded += text.length;
    return text;
  }

  function release(text: string): string {
    held += text;
    stoppedBy = firstStop(held, stops);
    return show(stoppedBy === undefined ? held.length - beginningOfStop(held, stops) : held.indexOf(stoppedBy));
  }

  function show(length: number): string {
    const text = held.slice(0, length);
    held = stoppedBy === undefined ? held.slice(length) : '';
    shown += length;
    return text;
  }

  return {
    push(token) {
      if (stoppedBy !== undefined) return '';
      pending.push(token);
      const text = decode(false);
      return text === '' ? '' : release(text);
    },
    end() {
      if (stoppedBy !== undefined) return '';
      const text = pending.length === 0 ? '' : release(decode(true));
      return text + show(held.length);
    },
    get stoppedBy() {
      return stoppedBy;
    },
    get decoded() {
      return decoded;
    },
    get shown() {
      return shown;
    },
  };
}

function firstStop(text: string, stops: readonly string[]): string | undefined {
  return stops
    .filter((stop) => text.includes(stop))
    .toSorted((one, other) => text.indexOf(one) - text.indexOf(other))[0];
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
