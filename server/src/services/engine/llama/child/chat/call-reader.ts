import type { Tool } from '../../../../../models/language-model.ts';
import type { CallTags } from './call-format.ts';
import type { OutputReader, ReadPart } from './chat-form.ts';
import { createJsonExtent, type JsonExtent } from './json-extent.ts';
import { trimmedLength, unfinished } from './overlap.ts';
import { parseCalls } from './parse-calls.ts';

/** More text than this is no call. */
const longestCall = 65_536;
/** What the first key of a call in JSON may be; any other JSON is an answer. */
const firstKey = /^(?:```(?:json)?\s*)?[[{\s]*"(?:name|type|function|id|tool_name|arguments|parameters)"/;
const unfinishedFirstKey = /^(?:`{0,3}|```j?s?o?n?\s*|(?:```(?:json)?\s*)?[[{\s]+(?:"[a-z_]{0,10})?)$/;
/** What may stand after a call in JSON, and before the next one. */
const separator = /^\s*(?:```)?[\s;,]*/;
const unfinishedFence = /^\s*`{1,2}$/;

/**
 * Finds calls in what a model says: between the tags of its format, or, at the beginning, as JSON. Text is passed on at
 * once; what may become a call is held back until it is one, and passed on as text when it is not.
 */
export function createCallReader(openers: readonly CallTags[], tools: readonly Tool[]): OutputReader {
  return new CallReader(openers, tools);
}

class CallReader implements OutputReader {
  readonly #openers: readonly CallTags[];
  readonly #opens: readonly string[];
  readonly #tools: readonly Tool[];
  #state: 'start' | 'json' | 'text' | 'call' = 'start';
  #held = '';
  /** What opened the call that is being read. */
  #tags: CallTags = { open: '', close: null };
  #json: { extent: JsonExtent; fed: number } = { extent: createJsonExtent(), fed: 0 };
  /** How far the call was searched for what closes it. */
  #searched = 0;
  /** White space before the tag; it belongs to the call if there is one. */
  #gap = '';
  #hasCalled = false;
  #parts: ReadPart[] = [];

  constructor(openers: readonly CallTags[], tools: readonly Tool[]) {
    this.#openers = openers;
    this.#opens = openers.map(({ open }) => open);
    this.#tools = tools;
  }

  push(text: string): readonly ReadPart[] {
    this.#held += text;
    this.#advance();
    return this.#taken();
  }

  end(): readonly ReadPart[] {
    if (this.#state === 'call') {
      if (!this.#called(this.#held)) this.#say(this.#gap + this.#tags.open + this.#held);
    } else if (!this.#hasCalled || this.#held.replace(separator, '') !== '') this.#say(this.#held);
    this.#held = '';
    return this.#taken();
  }

  #taken(): readonly ReadPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Goes on until more text is needed. */
  #advance(): void {
    for (;;) {
      const steps = { start: this.#atStart, json: this.#inJson, text: this.#inText, call: this.#inCall };
      if (!steps[this.#state].call(this)) return;
    }
  }

  #atStart(): boolean {
    if (this.#hasCalled && unfinishedFence.test(this.#held)) return false;
    const start = this.#hasCalled ? this.#held.replace(separator, '') : this.#held.trimStart();
    if (start === '' || (unfinishedFirstKey.test(start) && start.length < longestCall)) return false;
    if (firstKey.test(start)) {
      this.#state = 'json';
      this.#json = { extent: createJsonExtent(), fed: Math.max(0, this.#held.search(/[[{]/)) };
    } else this.#state = 'text';
    return true;
  }

  #inJson(): boolean {
    const end = this.#json.extent.feed(this.#held.slice(this.#json.fed));
    if (end === undefined) {
      this.#json.fed = this.#held.length;
      if (this.#held.length > longestCall) this.#state = 'text';
      return this.#state === 'text';
    }
    return this.#afterJson(this.#held.search(/[[{]/) + end);
  }

  #afterJson(end: number): boolean {
    const start = this.#held.search(/[[{]/);
    if (!this.#called(this.#held.slice(start, end))) {
      this.#state = 'text';
      return true;
    }
    this.#held = this.#held.slice(end);
    this.#state = 'start';
    return this.#held !== '';
  }

  #inText(): boolean {
    const places = this.#openers
      .map((tags) => ({ tags, place: this.#held.indexOf(tags.open) }))
      .filter(({ place }) => place !== -1)
      .toSorted((a, b) => a.place - b.place);
    const [next] = places;
    if (next === undefined) {
      const open = this.#held.length - unfinished(this.#held, this.#opens);
      const shown = this.#opens.length === 0 ? open : trimmedLength(this.#held.slice(0, open));
      this.#say(this.#held.slice(0, shown));
      this.#held = this.#held.slice(shown);
      return false;
    }
    const before = this.#held.slice(0, next.place);
    this.#gap = before.slice(trimmedLength(before));
    this.#say(before.slice(0, trimmedLength(before)));
    this.#held = this.#held.slice(next.place + next.tags.open.length);
    this.#tags = next.tags;
    this.#searched = 0;
    this.#state = 'call';
    return true;
  }

  #inCall(): boolean {
    const { open, close } = this.#tags;
    const end = this.#held.indexOf(close ?? open, this.#searched);
    if (end === -1) {
      this.#searched = Math.max(0, this.#held.length - (close ?? open).length + 1);
      if (this.#held.length <= longestCall) return false;
    } else {
      this.#searched = end + 1;
      if (this.#called(this.#held.slice(0, end))) {
        this.#held = this.#held.slice(end + (close?.length ?? 0));
        this.#state = 'text';
        return true;
      }
      // The closing tag may stand in a string of the call.
      if (isOpenJson(this.#held.slice(0, end))) return true;
    }
    const lost = end === -1 ? this.#held.length : end + (close?.length ?? 0);
    this.#say(this.#gap + open + this.#held.slice(0, lost));
    this.#held = this.#held.slice(lost);
    this.#state = 'text';
    return true;
  }

  #called(text: string): boolean {
    const calls = parseCalls(text, this.#tools);
    if (calls === undefined) return false;
    this.#parts.push(...calls.map((call): ReadPart => ({ type: 'tool-call', call })));
    this.#hasCalled = true;
    return true;
  }

  #say(text: string): void {
    if (text !== '') this.#parts.push({ type: 'text', text });
  }
}

function isOpenJson(text: string): boolean {
  const start = text.search(/[[{]/);
  return start !== -1 && createJsonExtent().feed(text.slice(start)) === undefined;
}
