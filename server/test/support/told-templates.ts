import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** The templates of all that the source tells, each with the file that it is first told in. */
export function toldTemplates(): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    for (const template of templatesIn(readFileSync(join(source, name), 'utf8'))) {
      if (!found.has(template)) found.set(template, name);
    }
  }
  return found;
}

function* templatesIn(text: string): Generator<string> {
  if (!text.includes('told`')) return;
  for (const node of nodesOf(parseAst(text, { lang: 'ts' }))) {
    if (node['type'] !== 'TaggedTemplateExpression' || (node['tag'] as Node)['name'] !== 'told') continue;
    const pieces = (node['quasi'] as { quasis: { value: { cooked: string } }[] }).quasis;
    yield pieces.map(({ value }) => value.cooked).reduce((all, piece, index) => `${all}{${index - 1}}${piece}`);
  }
}

type Node = Readonly<Record<string, unknown>>;

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Node;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/** The places of a template, in order of their numbers. */
export function placesOf(template: string): string[] {
  return (template.match(/\{\d+\}/g) ?? []).toSorted();
}

/** One without words, such as `{0}: {1}`, is the same in every language. */
export function hasWords(template: string): boolean {
  return /\p{Letter}/u.test(template.replaceAll(/\{\d+\}/g, ''));
}
