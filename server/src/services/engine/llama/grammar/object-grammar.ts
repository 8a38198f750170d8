import type { JsonSchema } from '../../../../models/language-model.ts';
import { anyCharacter, characterGrammar, complement } from './character-set.ts';
import { choice, type GrammarRules, literal } from './grammar-rules.ts';
import { arrayOf, objectOf } from './schema-values.ts';

export interface ObjectContext {
  rules: GrammarRules;
  /** The rule of the white space between parts. */
  space: string;
  /** The rule of any string. */
  key: string;
  /** The rule of a schema; null for one that nothing satisfies. */
  visit(schema: unknown): string | null;
}

/** GBNF of the objects that satisfy a schema, in the order of its properties; null when there are none. */
export function objectGrammar(schema: JsonSchema, context: ObjectContext): string | null {
  const { rules, space, visit } = context;
  const properties = objectOf(schema['properties'] ?? {}, 'properties');
  const required = new Set(arrayOf(schema['required'] ?? [], 'required').map(String));
  const undeclared = [...required].filter((name) => !Object.hasOwn(properties, name));
  const { additionalProperties = Object.keys(properties).length === 0 } = schema;
  const others = undeclared.length > 0 && schema['additionalProperties'] === undefined ? true : additionalProperties;
  const all = [...Object.entries(properties), ...undeclared.map((name) => [name, others] as const)];

  const members: { member: string; isRequired: boolean }[] = [];
  for (const [name, property] of all) {
    const value = visit(property);
    const isRequired = required.has(name);
    if (value === null && isRequired) return null;
    if (value !== null) members.push({ member: `${literal(JSON.stringify(name))} ":" ${space} ${value}`, isRequired });
  }
  const names = all.map(([name]) => name);
  const otherValue = additionalProperties === false ? null : visit(additionalProperties);
  const other = otherValue === null ? null : rules.add(`${otherKey(names, context)} ":" ${space} ${otherValue}`);
  return `"{" ${space} ${membersGrammar(members, other, context)} "}"`;
}

/**
 * Members in order, with commas between those that are there. From behind: for each place a rule for what follows when a
 * member came before it and one for when none did, so that the grammar grows with the number of members only.
 */
function membersGrammar(
  members: readonly { member: string; isRequired: boolean }[],
  other: string | null,
  { rules, space }: ObjectContext,
): string {
  const more = other === null ? '' : `${rules.add(`"," ${space} ${other}`)}*`;
  let afterSome = rules.add(`${more} ${space}`);
  let afterNone = other === null ? '""' : rules.add(`(${other} ${more} ${space})?`);
  for (const { member, isRequired } of members.toReversed()) {
    const rule = rules.add(member);
    const [some, none] = [`"," ${space} ${rule} ${afterSome}`, `${rule} ${afterSome}`];
    const without = afterSome;
    afterNone = rules.add(isRequired ? none : choice([none, afterNone]));
    afterSome = rules.add(isRequired ? some : choice([some, without]));
  }
  return afterNone;
}

/** A key that is none of the names. */
function otherKey(names: readonly string[], { rules, key }: ObjectContext): string {
  if (names.length === 0) return key;
  return rules.add(
    String.raw`"\"" ${unlike(
      names.map((name) => Array.from(name)),
      rules,
    )}`,
  );
}

/** What may stand in the rest of a string, with its last quote, that is none of the given ones. */
function unlike(names: readonly (readonly string[])[], rules: GrammarRules): string {
  const rests = new Map<string, (readonly string[])[]>();
  for (const [first, ...rest] of names) if (first !== undefined) rests.set(first, [...(rests.get(first) ?? []), rest]);
  const firsts = [...rests.keys()].map((character) => character.codePointAt(0) ?? 0);
  const differs = characterGrammar(complement(firsts.map((code) => [code, code])));
  const bodies = [...rests].map(([first, others]) => {
    const code = first.codePointAt(0) ?? 0;
    const written = characterGrammar([[code, code]]);
    return written === null ? null : `${written} ${unlike(others, rules)}`;
  });
  const ends = names.some((name) => name.length === 0) ? null : String.raw`"\""`;
  const any = rules.add(anyCharacter);
  const all = [ends, differs === null ? null : String.raw`${differs} ${any}* "\""`, ...bodies];
  return rules.add(choice(all.filter((body) => body !== null)));
}
