import type { Token, TokenKind } from './lexer.ts';
import { parseNumber, unquote, unquoteCharacter } from './literals.ts';
import { type Command, type Operand, type Pipe, written } from './syntax.ts';
import { templateError } from './template-error.ts';
import { type TokenReader, unexpected } from './token-reader.ts';

const constants: Partial<Record<TokenKind, (token: Token) => Operand>> = {
  dot: () => ({ type: 'dot' }),
  nil: () => ({ type: 'nil' }),
  field: ({ text }) => ({ type: 'field', names: [text.slice(1)] }),
  boolean: ({ text }) => ({ type: 'boolean', value: text === 'true' }),
  number: (token) => ({ type: 'number', value: parseNumber(token), text: token.text }),
  character: (token) => ({ type: 'number', value: unquoteCharacter(token), text: token.text }),
  string: (token) => ({ type: 'string', value: unquote(token), text: token.text }),
  'raw-string': (token) => ({ type: 'string', value: unquote(token), text: token.text }),
};

function startsCommand(kind: TokenKind): boolean {
  return ['identifier', 'left-paren', 'variable'].includes(kind) || Object.hasOwn(constants, kind);
}

/** Reads what stands between `{{` and `}}`. */
export class PipeParser {
  /** Those that are visible, the newest last. */
  variables: string[] = ['$'];
  readonly #tokens: TokenReader;
  readonly #functions: ReadonlySet<string>;

  constructor(tokens: TokenReader, functions: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.#functions = functions;
  }

  /** A pipe up to, and with, what ends it. Variables that it declares are visible from here on. */
  pipe(context: string, end: TokenKind): Pipe {
    const { line } = this.#tokens.peekNonSpace();
    const { variables, declares } = this.#declaration(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.#tokens.nextNonSpace();
      if (token.kind === end) {
        this.#checkCommands(commands, { context, line: token.line });
        return { line, variables, declares, commands };
      }
      if (!startsCommand(token.kind)) throw unexpected(token, context);
      this.#tokens.backUp();
      commands.push(this.#command(end));
    }
  }

  #checkCommands(commands: readonly Command[], { context, line }: { context: string; line: number }): void {
    if (commands.length === 0) throw templateError(`missing value for ${context}`, line);
    for (const [index, { operands }] of commands.slice(1).entries()) {
      const [first] = operands;
      if (['boolean', 'dot', 'nil', 'number', 'string'].includes(first.type))
        throw templateError(`non executable command in pipeline stage ${index + 2}`, line);
    }
  }

  /** `$x := `, `$x = ` or, for a range, `$i, $x := ` at the beginning of a pipe. */
  #declaration(context: string): { variables: string[]; declares: boolean } {
    const start = this.#tokens.mark();
    const variables: string[] = [];
    for (;;) {
      const name = this.#tokens.nextNonSpace();
      if (name.kind !== 'variable') break;
      const sign = this.#tokens.nextNonSpace();
      variables.push(name.text);
      if (sign.kind === 'declare' || sign.kind === 'assign') {
        const declares = sign.kind === 'declare';
        this.variables.push(...variables);
        return { variables, declares };
      }
      if (sign.kind !== 'comma') break;
      if (context !== 'range' || variables.length > 1)
        throw templateError(`too many declarations in ${context}`, sign.line);
    }
    this.#tokens.goBack(start);
    return { variables: [], declares: false };
  }

  #command(end: TokenKind): Command {
    const operands: Operand[] = [];
    for (;;) {
      this.#tokens.peekNonSpace();
      const operand = this.#operand();
      if (operand !== undefined) operands.push(operand);
      const token = this.#tokens.next();
      if (token.kind === 'space') continue;
      if (token.kind === end) {
        this.#tokens.backUp();
        break;
      }
      if (token.kind === 'pipe') break;
      throw unexpected(token, 'operand');
    }
    const [first, ...rest] = operands;
    if (first === undefined) throw templateError('empty command', this.#tokens.peek().line);
    return { operands: [first, ...rest] };
  }

  #operand(): Operand | undefined {
    const term = this.#term();
    if (term === undefined) return undefined;
    const names: string[] = [];
    const { line } = this.#tokens.peek();
    while (this.#tokens.peek().kind === 'field') names.push(this.#tokens.next().text.slice(1));
    if (names.length === 0) return term;
    if (term.type === 'field') return { ...term, names: [...term.names, ...names] };
    if (term.type === 'variable') return { ...term, names };
    if (['boolean', 'nil', 'number', 'string'].includes(term.type))
      throw templateError(`unexpected . after term ${JSON.stringify(written(term))}`, line);
    return { type: 'chain', operand: term, names };
  }

  #term(): Operand | undefined {
    const token = this.#tokens.nextNonSpace();
    const { kind, text, line } = token;
    if (kind === 'left-paren') return this.#parenthesized();
    if (kind === 'variable') return { type: 'variable', name: this.#known(text, line), names: [] };
    if (kind === 'identifier') {
      if (!this.#functions.has(text)) throw templateError(`function ${JSON.stringify(text)} not defined`, line);
      return { type: 'function', name: text };
    }
    const term = constants[kind]?.(token);
    if (term === undefined) this.#tokens.backUp();
    return term;
  }

  #parenthesized(): Operand {
    return { type: 'pipe', pipe: this.#tokens.nested(() => this.pipe('parenthesized pipeline', 'right-paren')) };
  }

  #known(variable: string, line: number): string {
    if (this.variables.includes(variable)) return variable;
    throw templateError(`undefined variable ${JSON.stringify(variable)}`, line);
  }
}
