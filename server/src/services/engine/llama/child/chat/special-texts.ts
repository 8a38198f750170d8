import type { LlamaModel, Token } from 'node-llama-cpp';
import { anyOf } from './any-of.ts';

/**
 * Keeps text from elsewhere from becoming special tokens, although it goes through a template whose own special tokens
 * must be recognised: marks are set wherever a special token could begin outside the text and end inside it, or the other
 * way round, or lie in it. They travel through the template with the text, whatever the template cuts off or rearranges,
 * and where one of them comes out inside a special token, that token is cut in two.
 */
export interface SpecialTexts {
  /** A text with its marks; white space around it stays outside, where templates look for it. */
  guard(text: string): string;
  /** A JSON value whose texts are guarded; they get marks only where they are needed, for templates compare them. */
  guardValue(value: unknown): unknown;
  /** The tokens of what the template made of guarded texts. */
  tokenize(rendered: string): number[];
  /** The special token with this text. */
  tokenOf(text: string): number | undefined;
  isSpecial(token: number): boolean;
}

/** A noncharacter of Unicode, which no text should contain. */
const mark = '\uFDD0';
const replacement = '\uFFFD';
/** No vocabulary has a longer one; a file that does may not cost more than a file that does not. */
const longestToken = 200;

/** @param template its source: tokens that it mentions are special even where the vocabulary calls them ordinary */
export function createSpecialTexts(model: LlamaModel, template: string): SpecialTexts {
  const tokens = specialTokens(model, template);
  const texts = [...tokens.keys()].filter(({ length }) => length > 1 && length <= longestToken);
  const numbers = new Set(tokens.values());
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
  const anyText = anyOf(texts);
  const firstCharacter = new RegExp(`(?=${anyText}).`, 'gsu');
  const whole = new RegExp(anyText, 'uy');
  const endings = new Set(texts.flatMap((text) => properParts(text, (length) => text.slice(-length))));
  const beginnings = new Set(texts.flatMap((text) => properParts(text, (length) => text.slice(0, length))));

  function broken(text: string): string {
    return text.replace(firstCharacter, `$&${mark}`);
  }

  function guard(text: string): string {
    const clean = withoutMarks(text);
    const core = clean.trim();
    if (core === '') return clean;
    const start = clean.indexOf(core);
    return clean.slice(0, start) + mark + broken(core) + mark + clean.slice(start + core.length);
  }

  function guardLeaf(text: string): string {
    const clean = withoutMarks(text);
    const lengths = Array.from({ length: Math.min(longest - 1, clean.length) }, (_, index) => index + 1);
    const before = lengths.some((length) => endings.has(clean.slice(0, length))) ? mark : '';
    const after = lengths.some((length) => beginnings.has(clean.slice(-length))) ? mark : '';
    return before + broken(clean) + after;
  }

  function guardValue(value: unknown): unknown {
    if (typeof value === 'string') return guardLeaf(value);
    if (Array.isArray(value)) return value.map(guardValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [guardLeaf(key), guardValue(member)]));
  }

  /** Whether a special token begins before this place and ends after it. */
  function isInsideToken(text: string, place: number): boolean {
    for (let start = Math.max(0, place - longest + 1); start < place; start++) {
      whole.lastIndex = start;
      const found = whole.exec(text)?.[0];
      if (found !== undefined && start + found.length > place) return true;
    }
    return false;
  }

  function piecesOf(rendered: string): string[] {
    const parts = rendered.split(mark);
    const text = parts.join('');
    const pieces: string[] = [];
    let [start, place] = [0, 0];
    for (const part of parts.slice(0, -1)) {
      place += part.length;
      if (!isInsideToken(text, place)) continue;
      pieces.push(text.slice(start, place));
      start = place;
    }
    return [...pieces, text.slice(start)];
  }

  return {
    guard,
    guardValue,
    tokenize(rendered) {
      return piecesOf(rendered).flatMap((piece, index) =>
        index === 0 ? model.tokenize(piece, true) : model.tokenize(piece, true, 'trimLeadingSpace'),
      );
    },
    tokenOf: (text) => tokens.get(text),
    isSpecial: (token) => numbers.has(token),
  };
}

function withoutMarks(text: string): string {
  return text.replaceAll(mark, replacement);
}

function properParts(text: string, part: (length: number) => string): string[] {
  return Array.from({ length: text.length - 1 }, (_, index) => part(index + 1));
}

/** Types of tokens in a GGUF file: those that need no second look, and those that control the model. */
const ordinary: ReadonlySet<number> = new Set([1, 6]);
const controlling = 3;

function specialTokens(model: LlamaModel, template: string): Map<string, number> {
  const { ggml } = model.fileInfo.metadata.tokenizer;
  const types: readonly number[] = ggml.token_type ?? [];
  const special = new Map<string, number>();
  ggml.tokens.forEach((text, index) => {
    // llama.cpp makes control tokens of some that the file calls ordinary; all of those look like tags.
    if (ordinary.has(types[index] ?? 1) && !/^[<[]/.test(text)) return;
    // It makes some of the control tokens ordinary, too, to show them.
    const isControl = types[index] === controlling;
    const { control, unknown, userDefined } = model.getTokenAttributes(index as Token);
    const mentioned = userDefined && text.trim() !== '' && template.includes(text);
    if (isControl || control || unknown || mentioned) special.set(text, index);
  });
  return special;
}
