import { describe, expect, it } from 'vitest';
import { checkGrammar } from '../../../src/services/engine/llama/grammar/check-grammar.ts';
import { jsonGrammar } from '../../../src/services/engine/llama/grammar/json-grammar.ts';
import { jsonSchemaGrammar } from '../../../src/services/engine/llama/grammar/json-schema-grammar.ts';
import { openNativeGrammars } from '../../support/native-grammar.ts';
import { schemaCases } from '../../support/schema-cases.ts';

const nativeGrammar = await openNativeGrammars();

function acceptance(grammar: string): (text: string) => boolean {
  checkGrammar(grammar);
  return nativeGrammar(grammar);
}

describe('grammar of a JSON schema', () => {
  it.each(schemaCases)('takes $name', ({ schema, good, bad }) => {
    const takes = acceptance(jsonSchemaGrammar(schema));
    expect(good.filter((value) => !takes(JSON.stringify(value)))).toEqual([]);
    expect(bad.filter((value) => takes(JSON.stringify(value)))).toEqual([]);
  });

  it('takes white space between parts, and nothing after the end', () => {
    const takes = acceptance(jsonSchemaGrammar(schemaCases[0]?.schema));
    expect(takes('{\n  "a": 1,\n  "b": true\n}')).toBe(true);
    expect(takes('{"b": true} ')).toBe(false);
    expect(takes('{"b": true,}')).toBe(false);
  });

  it('takes the integers within bounds and no others', () => {
    for (const [minimum, maximum] of [
      [0, 0],
      [3, 7],
      [0, 100],
      [-5, 12],
      [-120, -7],
      [95, 1203],
      [1000, 1999],
    ] as const) {
      const takes = acceptance(jsonSchemaGrammar({ type: 'integer', minimum, maximum }));
      const wrong: number[] = [];
      for (let number = -1300; number <= 2100; number++) {
        if (takes(String(number)) !== (number >= minimum && number <= maximum)) wrong.push(number);
      }
      expect(wrong, `${minimum}..${maximum}`).toEqual([]);
    }
  });

  it('takes integers beyond one bound', () => {
    const atLeast = acceptance(jsonSchemaGrammar({ type: 'integer', exclusiveMinimum: 17 }));
    expect([18, 19, 20, 99, 100, 123456].filter((number) => !atLeast(String(number)))).toEqual([]);
    expect([17, 0, 1, -18, -100].filter((number) => atLeast(String(number)))).toEqual([]);
    const atMost = acceptance(jsonSchemaGrammar({ type: 'integer', maximum: 5 }));
    expect([5, 0, -1, -99999].filter((number) => !atMost(String(number)))).toEqual([]);
    expect([6, 10, 50].filter((number) => atMost(String(number)))).toEqual([]);
  });

  it('takes the decimal numbers within bounds and no others', () => {
    const bounds = [
      [0, 1],
      [0.25, 0.75],
      [-1.5, 2.05],
      [9.99, 10.01],
      [-3, -0.1],
      [0.5, 0.5],
      [99.5, 100.5],
    ] as const;
    for (const [minimum, maximum] of bounds) {
      const takes = acceptance(jsonSchemaGrammar({ type: 'number', minimum, maximum }));
      const wrong: string[] = [];
      for (let hundredths = -400; hundredths <= 11_000; hundredths++) {
        const text = (hundredths / 100).toFixed(2);
        const number = Number(text);
        if (number !== 0 && takes(text) !== (number >= minimum && number <= maximum)) wrong.push(text);
      }
      expect(wrong, `${minimum}..${maximum}`).toEqual([]);
    }
  });

  it('excludes bounds', () => {
    const takes = acceptance(jsonSchemaGrammar({ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }));
    expect(['0.1', '0.99', '0.001'].filter((text) => !takes(text))).toEqual([]);
    expect(['0', '0.0', '1', '1.0', '-0.1'].filter((text) => takes(text))).toEqual([]);
  });

  it('takes any JSON object and nothing else, for what is asked for as JSON', () => {
    const takes = acceptance(jsonGrammar);
    expect(['{}', '{"a": [1, {"b": null}]}', '{"a": "\\u00e9"}'].filter((text) => !takes(text))).toEqual([]);
    expect(
      ['1', '"a"', '[]', '[{}]', '{', '{a: 1}', '{"a": [1,]}', '{"a": "\n"}'].filter((text) => takes(text)),
    ).toEqual([]);
  });
});
