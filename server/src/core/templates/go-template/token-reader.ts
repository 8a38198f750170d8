import type { Token, TokenKind } from './lexer.ts';
import { templateError } from './template-error.ts';

/** Deeper templates are no templates, and would exhaust the stack. */
const mostNesting = 200;

/** The tokens of a template, one after the other. The last one comes for ever. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #place = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token {
    const token = this.#tokens[Math.min(this.#place, this.#tokens.length - 1)];
    if (token === undefined) throw templateError('unexpected EOF', 1);
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#place++;
    if (token.kind === 'error') throw templateError(token.text, token.line);
    return token;
  }

  nextNonSpace(): Token {
    this.#skipSpace();
    return this.next();
  }

  peekNonSpace(): Token {
    this.#skipSpace();
    return this.peek();
  }

  /** The token that was read last comes again. */
  backUp(): void {
    this.#place--;
  }

  mark(): number {
    return this.#place;
  }

  goBack(mark: number): void {
    this.#place = mark;
  }

  expect(kind: TokenKind, context: string): void {
    const token = this.nextNonSpace();
    if (token.kind !== kind) throw unexpected(token, context);
  }

  /** Runs what reads a part within a part. */
  nested<Result>(read: () => Result): Result {
    if (++this.#depth > mostNesting) throw templateError('the template is nested too deeply', this.peek().line);
    const result = read();
    this.#depth--;
    return result;
  }

  #skipSpace(): void {
    while (this.peek().kind === 'space') this.#place++;
  }
}

const inBrackets: ReadonlySet<TokenKind> = new Set(['dot', 'keyword', 'nil']);
const longestShown = 10;

export function unexpected({ kind, text, line }: Token, context: string): Error {
  if (kind === 'end') return templateError('unexpected EOF', line);
  const quoted = JSON.stringify(text.slice(0, longestShown)) + (text.length > longestShown ? '...' : '');
  return templateError(`unexpected ${inBrackets.has(kind) ? `<${text}>` : quoted} in ${context}`, line);
}
