/** What a template is made of. Source of names and rules: Go's `text/template/parse`. */
export type Node =
  | { type: 'text'; text: string }
  | { type: 'action'; pipe: Pipe }
  | Branch
  | { type: 'template'; name: string; pipe: Pipe | null; line: number }
  | { type: 'break' | 'continue' };

export interface Branch {
  type: 'if' | 'with' | 'range';
  pipe: Pipe;
  list: readonly Node[];
  otherwise: readonly Node[];
}

export interface Pipe {
  line: number;
  /** Variables that get its value; a range may have two. */
  variables: readonly string[];
  /** Whether they are new, or set again. */
  declares: boolean;
  commands: readonly Command[];
}

export interface Command {
  operands: readonly [Operand, ...Operand[]];
}

export type Operand =
  | { type: 'dot' }
  | { type: 'nil' }
  | { type: 'boolean'; value: boolean }
  | { type: 'number'; value: number; text: string }
  | { type: 'string'; value: string; text: string }
  | { type: 'field'; names: readonly string[] }
  | { type: 'variable'; name: string; names: readonly string[] }
  | { type: 'function'; name: string }
  | { type: 'pipe'; pipe: Pipe }
  | { type: 'chain'; operand: Operand; names: readonly string[] };

export interface GoTemplate {
  root: readonly Node[];
  /** Those of `define` and `block`, by their names. */
  defined: ReadonlyMap<string, readonly Node[]>;
}

/** An operand as it is written. */
export function written(operand: Operand): string {
  switch (operand.type) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'boolean':
      return String(operand.value);
    case 'number':
    case 'string':
      return operand.text;
    case 'field':
      return fields(operand.names);
    case 'variable':
      return operand.name + fields(operand.names);
    case 'function':
      return operand.name;
    case 'pipe':
      return `(${operand.pipe.commands.map(({ operands }) => operands.map(written).join(' ')).join(' | ')})`;
    case 'chain':
      return written(operand.operand) + fields(operand.names);
    default:
      return operand satisfies never;
  }
}

function fields(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join('');
}
