import { describe, expect, it } from 'vitest';
import { checkGrammar } from '../../../src/services/engine/llama/grammar/check-grammar.ts';
import { FormatError } from '../../../src/services/engine/llama/grammar/format-error.ts';
import { jsonSchemaGrammar } from '../../../src/services/engine/llama/grammar/json-schema-grammar.ts';

const conditional = JSON.parse('{"if": {"type": "string"}, "then": {"minLength": 1}}') as unknown;

describe('grammar of a JSON schema that cannot be', () => {
  it.each([
    ['nothing at all', false],
    ['an empty enum', { enum: [] }],
    ['an enum of another type', { type: 'integer', enum: ['a'] }],
    ['lengths that cross', { type: 'string', minLength: 3, maxLength: 2 }],
    ['bounds that cross', { type: 'integer', minimum: 3, maximum: 2 }],
    ['no integer between', { type: 'integer', minimum: 0.1, maximum: 0.9 }],
    ['two constants at once', { allOf: [{ const: 1 }, { const: 2 }] }],
    ['a required property that cannot be', { type: 'object', properties: { a: false }, required: ['a'] }],
    ['a required property that is forbidden', { type: 'object', additionalProperties: false, required: ['a'] }],
    ['itself', { $ref: '#' }],
    ['itself inside without end', { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }],
    ['a reference in a circle', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }],
    ['a reference in a circle that is merged', { $ref: '#', type: 'object' }],
    ['a reference to nothing', { $ref: '#/$defs/missing' }],
    ['a reference to elsewhere', { $ref: 'https://example.com/schema.json' }],
    ['a reference to what objects inherit', { $ref: '#/__proto__' }],
    ['no schema', null],
    ['a number as a schema', { type: 'array', items: 7 }],
    ['an unknown type', { type: 'text' }],
    ['a negation', { not: { type: 'string' } }],
    ['conditions', conditional],
    ['a length that is no number', { type: 'string', maxLength: '3' }],
    ['a length beyond measure', { type: 'array', items: {}, minItems: 1e9 }],
    ['a list that is none', { anyOf: { type: 'string' } }],
  ])('fails for %s', (_name, schema) => {
    const compile = (): void => checkGrammar(jsonSchemaGrammar(schema));
    expect(compile).toThrow(FormatError);
  });

  it('fails soon for schemas that are too deep or too big', () => {
    let deep: unknown = { type: 'string' };
    for (let level = 0; level < 5000; level++) deep = { type: 'array', items: deep };
    expect(() => jsonSchemaGrammar(deep)).toThrow('too deep');
    const wide = { anyOf: Array.from({ length: 20_000 }, (_, index) => ({ const: index })) };
    expect(() => jsonSchemaGrammar(wide)).toThrow('too big');
    const long = { enum: Array.from({ length: 1_000_000 }, (_, index) => `value ${index}`) };
    expect(() => jsonSchemaGrammar(long)).toThrow('too big');
    const merged = {
      allOf: Array.from({ length: 5000 }, () => ({ $ref: '#/$defs/a' })),
      $defs: { a: { enum: [1, 2] } },
    };
    expect(() => jsonSchemaGrammar(merged)).toThrow('too many parts');
    const doubled = (depth: number): unknown =>
      depth === 0
        ? { type: 'integer' }
        : {
            anyOf: [
              { allOf: [{ $ref: `#/$defs/d${depth - 1}` }, { minimum: depth }] },
              { allOf: [{ $ref: `#/$defs/d${depth - 1}` }, { maximum: depth }] },
            ],
          };
    const $defs = Object.fromEntries(Array.from({ length: 40 }, (_, depth) => [`d${depth}`, doubled(depth)]));
    expect(() => checkGrammar(jsonSchemaGrammar({ $ref: '#/$defs/d39', $defs }))).toThrow(/too big|twice/);
  });
});
