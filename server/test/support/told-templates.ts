import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

const source = fileURLToPath(new URL('../../src', import.meta.url));
const protocol = fileURLToPath(new URL('../../../protocol/src', import.meta.url));

/** The templates of all that the source tells, each with the file that it is told in. */
export function toldTemplates(): Map<string, string> {
  return new Map([...templatesOf(source, templateOf), ...templatesOf(protocol, saidByCheck)]);
}

function* templatesOf(folder: string, read: (node: Node) => string | undefined): Generator<[string, string]> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    for (const node of nodesOf(parseAst(readFileSync(join(folder, name), 'utf8'), { lang: 'ts' }))) {
      const template = read(node);
      if (template !== undefined) yield [template, name];
    }
  }
}

/** Of ``told`…` ``. */
function templateOf(node: Node): string | undefined {
  if (node['type'] !== 'TaggedTemplateExpression' || (node['tag'] as Node)['name'] !== 'told') return undefined;
  const { quasis } = node['quasi'] as { quasis: { value: { cooked: string } }[] };
  return quasis.map(({ value }) => value.cooked).reduce((all, piece, index) => `${all}{${index - 1}}${piece}`);
}

/** Of `.refine(check, 'must …')` and `.regex(form, 'must …')` in the schemas of requests. */
function saidByCheck(node: Node): string | undefined {
  if (node['type'] !== 'CallExpression') return undefined;
  const method = ((node['callee'] as Node)['property'] as Node | undefined)?.['name'];
  const said = (node['arguments'] as Node[])[1]?.['value'];
  return (method === 'refine' || method === 'regex') && typeof said === 'string' ? said : undefined;
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
