import { lex } from './lexer.ts';
import { unquote } from './literals.ts';
import { PipeParser } from './pipe-parser.ts';
import type { Branch, GoTemplate, Node } from './syntax.ts';
import { templateError } from './template-error.ts';
import { TokenReader, unexpected } from './token-reader.ts';

const longestTemplate = 262_144;

/**
 * Reads a template in the language of Go's `text/template`. Throws `invalid_request` with what Go's parser says.
 * @param functions the names of those that it may call
 */
export function parseGoTemplate(template: string, functions: ReadonlySet<string>): GoTemplate {
  if (template.length > longestTemplate) throw templateError('the template is too long', 1);
  return new Parser(new TokenReader(lex(template)), functions).parse();
}

/** What ended a list of nodes. */
interface ListEnd {
  word: 'end' | 'else' | 'end of template';
  line: number;
}

class Parser {
  readonly #tokens: TokenReader;
  readonly #pipes: PipeParser;
  readonly #defined = new Map<string, readonly Node[]>();
  #ranges = 0;

  constructor(tokens: TokenReader, functions: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.#pipes = new PipeParser(tokens, functions);
  }

  parse(): GoTemplate {
    const { nodes, end } = this.#list('template');
    if (end.word !== 'end of template') throw templateError(`unexpected {{${end.word}}}`, end.line);
    return { root: nodes, defined: this.#defined };
  }

  #list(context: string): { nodes: Node[]; end: ListEnd } {
    return this.#tokens.nested(() => this.#nodes(context));
  }

  #nodes(context: string): { nodes: Node[]; end: ListEnd } {
    const nodes: Node[] = [];
    for (;;) {
      const token = this.#tokens.next();
      if (token.kind === 'end') {
        if (context !== 'template') throw templateError('unexpected EOF', token.line);
        return { nodes, end: { word: 'end of template', line: token.line } };
      }
      if (token.kind === 'text') {
        nodes.push({ type: 'text', text: token.text });
        continue;
      }
      if (token.kind !== 'open') throw unexpected(token, 'input');
      const result = this.#action(context);
      if ('word' in result) return { nodes, end: result };
      nodes.push(...result.nodes);
    }
  }

  #action(context: string): { nodes: Node[] } | ListEnd {
    const token = this.#tokens.nextNonSpace();
    if (token.kind !== 'keyword') {
      this.#tokens.backUp();
      return { nodes: [{ type: 'action', pipe: this.#pipes.pipe('command', 'close') }] };
    }
    switch (token.text) {
      case 'end':
        this.#tokens.expect('close', 'end');
        return { word: 'end', line: token.line };
      case 'else':
        return { word: 'else', line: token.line };
      case 'if':
      case 'with':
      case 'range':
        return { nodes: [this.#branch(token.text)] };
      case 'break':
      case 'continue':
        if (this.#ranges === 0) throw templateError(`{{${token.text}}} outside {{range}}`, token.line);
        this.#tokens.expect('close', `{{${token.text}}}`);
        return { nodes: [{ type: token.text }] };
      case 'template':
        return { nodes: [this.#template(token.line)] };
      case 'block':
        return { nodes: [this.#block(token.line)] };
      default:
        if (context !== 'template') throw unexpected(token, 'command');
        this.#define();
        return { nodes: [] };
    }
  }

  #branch(type: Branch['type']): Branch {
    const visible = this.#pipes.variables.length;
    const pipe = this.#pipes.pipe(type, 'close');
    if (type === 'range') this.#ranges++;
    const { nodes: list, end } = this.#list(type);
    if (type === 'range') this.#ranges--;
    const otherwise = end.word === 'else' ? this.#otherwise(type) : [];
    this.#pipes.variables.length = visible;
    return { type, pipe, list, otherwise };
  }

  #otherwise(type: Branch['type']): Node[] {
    const token = this.#tokens.nextNonSpace();
    if (token.kind === 'keyword' && token.text === type && type !== 'range') {
      return [this.#tokens.nested(() => this.#branch(type))];
    }
    if (token.kind !== 'close') throw unexpected(token, token.kind === 'keyword' ? 'input' : 'else');
    const { nodes, end } = this.#list(type);
    if (end.word === 'else') throw templateError('expected end; found {{else}}', end.line);
    return nodes;
  }

  #template(line: number): Node {
    const name = this.#name('template clause');
    if (this.#tokens.nextNonSpace().kind === 'close') return { type: 'template', name, pipe: null, line };
    this.#tokens.backUp();
    return { type: 'template', name, pipe: this.#pipes.pipe('template clause', 'close'), line };
  }

  #define(): void {
    const name = this.#name('define clause');
    this.#tokens.expect('close', 'define clause');
    this.#add(name, this.#body('define'));
  }

  #block(line: number): Node {
    const name = this.#name('block clause');
    const pipe = this.#pipes.pipe('block clause', 'close');
    this.#add(name, this.#body('block clause'));
    return { type: 'template', name, pipe, line };
  }

  #add(name: string, nodes: readonly Node[]): void {
    const known = this.#defined.get(name);
    if (known === undefined || isEmpty(known)) this.#defined.set(name, nodes);
    else if (!isEmpty(nodes))
      throw templateError(
        `template: multiple definition of template ${JSON.stringify(name)}`,
        this.#tokens.peek().line,
      );
  }

  /** The nodes of a template of its own, which sees no variables of this one. */
  #body(context: string): Node[] {
    const [variables, ranges] = [this.#pipes.variables, this.#ranges];
    [this.#pipes.variables, this.#ranges] = [['$'], 0];
    const { nodes, end } = this.#list(context);
    if (end.word !== 'end') throw templateError(`unexpected {{${end.word}}} in ${context}`, end.line);
    [this.#pipes.variables, this.#ranges] = [variables, ranges];
    return nodes;
  }

  #name(context: string): string {
    const token = this.#tokens.nextNonSpace();
    if (token.kind !== 'string' && token.kind !== 'raw-string') throw unexpected(token, context);
    return unquote(token);
  }
}

/** White space only: as good as not defined. */
function isEmpty(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.type === 'text' && node.text.trim() === '');
}
