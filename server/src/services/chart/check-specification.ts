import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import { maxSpecificationDepth, maxSpecificationLength } from './limits.ts';

/** Members of specifications that load something, link to something or contain a program. */
const forbiddenMembers: ReadonlySet<string> = new Set([
  'url',
  'href',
  'src',
  'image',
  'expr',
  'labelExpr',
  'signal',
  'update',
  'calculate',
  'test',
  'params',
  'lookup',
  'selection',
  'usermeta',
  'autosize',
  '__proto__',
]);
/** Members whose texts are programs, and whose objects are not. */
const programMembers: ReadonlySet<string> = new Set(['filter', 'formatType']);
/** Rows, whose members are names of columns. */
const rowMembers: ReadonlySet<string> = new Set(['values', 'datasets']);
const maxPixels = 4_000;

/** Lets through what only draws the data it holds. Throws `invalid_request`. */
export function checkSpecification(specification: Readonly<Record<string, unknown>>): void {
  if (JSON.stringify(specification).length > maxSpecificationLength) throw undrawable(told`It is too large.`);
  checkMember(specification, 0);
}

function checkMember(member: unknown, depth: number): void {
  if (depth > maxSpecificationDepth) throw undrawable(told`It is nested too deeply.`);
  if (Array.isArray(member)) for (const item of member) checkMember(item, depth + 1);
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return;
  for (const [name, value] of Object.entries(member)) {
    if (forbiddenMembers.has(name)) throw undrawable(told`It contains "${name}".`);
    if (programMembers.has(name) && typeof value === 'string')
      throw undrawable(told`It contains a program in "${name}".`);
    if (isMark(name, value, 'image')) throw undrawable(told`It contains images.`);
    if ((name === 'width' || name === 'height') && typeof value === 'number' && value > maxPixels) {
      throw undrawable(told`Its ${name} is more than ${maxPixels}.`);
    }
    if (!rowMembers.has(name)) checkMember(value, depth + 1);
  }
}

function isMark(name: string, value: unknown, mark: string): boolean {
  if (name !== 'mark' && name !== 'type') return false;
  return typeof value === 'string' && value.toLowerCase() === mark;
}

export function undrawable(reason: Told, cause?: unknown): AppError {
  return new AppError('invalid_request', { detail: told`The chart cannot be drawn. ${reason}`, cause });
}
