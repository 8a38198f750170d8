import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { callFunction, lazyFunctions } from './functions.ts';
import { type Branch, type Command, type GoTemplate, type Node, type Operand, type Pipe, written } from './syntax.ts';
import { executionError } from './template-error.ts';
import {
  isList,
  isMap,
  isTrue,
  memberOf,
  ownText,
  type Piece,
  shown,
  sortedKeys,
  Struct,
  typeName,
  type Value,
  type ValueMap,
} from './values.ts';
import { Work } from './work.ts';

const mostCalls = 100;

/**
 * Fills a template with values. What the template says is `special`, what was inserted is not. Bounded in time and size.
 * Throws `invalid_request` with what Go's templates say.
 */
export function executeGoTemplate(template: GoTemplate, values: ValueMap, options: ExecutionOptions): Piece[] {
  const executor = new Executor(template, values, options);
  try {
    executor.run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('invalid_request', {
      detail: told`A value in the template is nested too deeply.`,
      cause: error,
    });
  }
  return executor.pieces;
}

export interface ExecutionOptions {
  now: () => Date;
  /** Shared by executions that belong together. */
  work?: Work;
}

type Outcome = 'done' | 'break' | 'continue';

class Executor {
  readonly pieces: Piece[] = [];
  readonly #template: GoTemplate;
  readonly #values: ValueMap;
  readonly #context: { work: Work; now: () => Date };
  /** Those that are visible, the newest last. */
  #variables: { name: string; value: Value }[] = [];
  #calls = 0;

  constructor(template: GoTemplate, values: ValueMap, { now, work = new Work() }: ExecutionOptions) {
    this.#template = template;
    this.#values = values;
    this.#context = { work, now };
  }

  run(): void {
    this.#variables = [{ name: '$', value: this.#values }];
    this.#list(this.#template.root, this.#values);
  }

  #list(nodes: readonly Node[], dot: Value): Outcome {
    for (const node of nodes) {
      const outcome = this.#node(node, dot);
      if (outcome !== 'done') return outcome;
    }
    return 'done';
  }

  #node(node: Node, dot: Value): Outcome {
    this.#context.work.step();
    switch (node.type) {
      case 'text':
        this.#write([{ text: node.text, special: true }]);
        return 'done';
      case 'action': {
        const value = this.#pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) this.#write(shown(value ?? undefined));
        return 'done';
      }
      case 'template':
        this.#call(node, dot);
        return 'done';
      case 'break':
      case 'continue':
        return node.type;
      case 'if':
      case 'with':
      case 'range': {
        const visible = this.#variables.length;
        const outcome = node.type === 'range' ? this.#range(node, dot) : this.#branch(node, dot);
        this.#variables.length = visible;
        return outcome;
      }
      default:
        return node satisfies never;
    }
  }

  #write(pieces: readonly Piece[]): void {
    for (const { text } of pieces) this.#context.work.read(text.length);
    this.pieces.push(...pieces);
  }

  #call({ name, pipe, line }: Extract<Node, { type: 'template' }>, dot: Value): void {
    const nodes = this.#template.defined.get(name);
    if (nodes === undefined)
      throw this.#fault(`template ${JSON.stringify(name)} not defined`, `{{template ${JSON.stringify(name)}}}`, line);
    if (++this.#calls > mostCalls)
      throw this.#fault('exceeded maximum template depth', `{{template ${JSON.stringify(name)}}}`, line);
    const value = pipe === null ? undefined : this.#pipe(pipe, dot);
    const variables = this.#variables;
    this.#variables = [{ name: '$', value }];
    this.#list(nodes, value);
    this.#variables = variables;
    this.#calls--;
  }

  #branch({ type, pipe, list, otherwise }: Branch, dot: Value): Outcome {
    const value = this.#pipe(pipe, dot);
    if (!isTrue(value)) return this.#list(otherwise, dot);
    return this.#list(list, type === 'with' ? value : dot);
  }

  #range({ pipe, list, otherwise }: Branch, dot: Value): Outcome {
    const value = this.#pipe({ ...pipe, variables: [] }, dot);
    const entries = this.#entriesOf(value, pipe);
    let isEmpty = true;
    for (const [key, member] of entries) {
      isEmpty = false;
      this.#context.work.step();
      const visible = this.#variables.length;
      const [first, second] = pipe.variables;
      if (first !== undefined) this.#set(first, second === undefined ? member : key, pipe);
      if (second !== undefined) this.#set(second, member, pipe);
      const outcome = this.#list(list, member);
      this.#variables.length = visible;
      if (outcome === 'break') break;
    }
    return isEmpty ? this.#list(otherwise, dot) : 'done';
  }

  #entriesOf(value: Value, pipe: Pipe): Iterable<readonly [Value, Value]> {
    if (value === undefined || value === null) return [];
    if (isList(value)) return value.entries();
    if (isMap(value)) return sortedKeys(value).map((key) => [key, value[key]] as const);
    if (typeof value === 'number') {
      if (pipe.variables.length < 2) return countTo(value);
      throw this.#fault(`can't use ${value} to iterate over more than one variable`, writtenPipe(pipe), pipe.line);
    }
    throw this.#fault(`range can't iterate over ${plain(value)}`, writtenPipe(pipe), pipe.line);
  }

  #pipe(pipe: Pipe, dot: Value): Value {
    this.#context.work.step();
    let value: Value;
    pipe.commands.forEach((command, index) => {
      value = this.#command(command, { dot, line: pipe.line, before: index === 0 ? [] : [value] });
    });
    for (const name of pipe.variables) this.#set(name, value, pipe);
    return value;
  }

  #set(name: string, value: Value, { declares, line }: Pipe): void {
    const known = declares ? undefined : this.#variables.findLast((variable) => variable.name === name);
    if (known !== undefined) known.value = value;
    else if (declares) this.#variables.push({ name, value });
    else throw this.#fault(`undefined variable: ${name}`, name, line);
  }

  #command({ operands }: Command, at: Place & { before: readonly Value[] }): Value {
    const [first, ...rest] = operands;
    if (first.type === 'function') return this.#function(first.name, rest, at);
    if (rest.length + at.before.length > 0) {
      const field = 'names' in first ? first.names.at(-1) : undefined;
      const message =
        field === undefined
          ? `can't give argument to non-function ${written(first)}`
          : `${field} is not a method but has arguments`;
      throw this.#fault(message, written(first), at.line);
    }
    if (first.type === 'nil') throw this.#fault('nil is not a command', 'nil', at.line);
    return this.#operand(first, at);
  }

  #function(name: string, operands: readonly Operand[], at: Place & { before: readonly Value[] }): Value {
    if (lazyFunctions.has(name)) {
      const wanted = name === 'or';
      let value: Value;
      for (const operand of operands) {
        value = this.#operand(operand, at);
        if (isTrue(value) === wanted) return value;
      }
      if (operands.length + at.before.length === 0)
        throw this.#fault(`wrong number of args for ${name}: want at least 1 got 0`, name, at.line);
      return at.before.length > 0 ? at.before[0] : value;
    }
    const values = [...operands.map((operand) => this.#operand(operand, at)), ...at.before];
    try {
      return callFunction(name, values, this.#context);
    } catch (error) {
      if (error instanceof AppError || !(error instanceof Error)) throw error;
      if (error.message.startsWith('wrong number of args'))
        throw this.#fault(error.message.replace(':', ` for ${name}:`), name, at.line);
      throw this.#fault(error.message, [name, ...operands.map(written)].join(' '), at.line);
    }
  }

  #operand(operand: Operand, { dot, line }: Place): Value {
    this.#context.work.step();
    switch (operand.type) {
      case 'dot':
        return dot;
      case 'nil':
        return undefined;
      case 'boolean':
      case 'number':
        return operand.value;
      case 'string':
        return ownText(operand.value);
      case 'field':
        return this.#fields(dot, operand.names, { operand, line });
      case 'variable': {
        const variable = this.#variables.findLast(({ name }) => name === operand.name);
        return this.#fields(variable?.value, operand.names, { operand, line });
      }
      case 'function':
        return this.#function(operand.name, [], { dot, line, before: [] });
      case 'pipe':
        return this.#pipe(operand.pipe, dot);
      case 'chain':
        return this.#fields(this.#operand(operand.operand, { dot, line }), operand.names, { operand, line });
      default:
        return operand satisfies never;
    }
  }

  #fields(value: Value, names: readonly string[], { operand, line }: { operand: Operand; line: number }): Value {
    // What is nothing from the beginning may be asked for anything.
    if (value === undefined) return undefined;
    let current: Value = value;
    let isMember = false;
    for (const name of names) {
      if (current instanceof Struct && current.fields.has(name)) current = current.fields.get(name);
      else if (isMap(current)) {
        current = memberOf(current, name);
        isMember = true;
      } else if (current === undefined || current === null)
        throw this.#fault(`nil pointer evaluating interface {}.${name}`, written(operand), line);
      else {
        const type = isMember && !(current instanceof Struct) ? 'interface {}' : typeName(current);
        throw this.#fault(`can't evaluate field ${name} in type ${type}`, written(operand), line);
      }
    }
    return current;
  }

  #fault(message: string, at: string, line: number): AppError {
    return executionError(message, { line, at });
  }
}

interface Place {
  dot: Value;
  line: number;
}

function* countTo(count: number): Iterable<readonly [Value, Value]> {
  for (let index = 0; index < count; index++) yield [index, index];
}

function plain(value: Value): string {
  return shown(value)
    .map(({ text }) => text)
    .join('');
}

function writtenPipe(pipe: Pipe): string {
  return written({ type: 'pipe', pipe }).slice(1, -1);
}
