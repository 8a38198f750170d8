import fc from 'fast-check';
import { told } from '../../src/errors/told.ts';
import { describe, expect, it } from 'vitest';
import { findJsonFault, findValueFault, maxNesting, nestsTooDeep } from '../../src/routes/http/text-checks.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('nestsTooDeep', () => {
  it('counts brackets outside of strings, whatever is inside them', () => {
    const strings = fc.string({ unit: fc.constantFrom('[', '{', '"', '\\', 'a', ']') });
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'large', maxDepth: 80 },
        strings,
        fc.tuple(tie('node')),
        fc.dictionary(strings, tie('node'), { maxKeys: 2 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, (tree) => nestsTooDeep(JSON.stringify(tree)) === depthOf(tree) > maxNesting),
      { numRuns: 300 },
    );
  });

  it.each([
    ['the most that is allowed', `${'['.repeat(64)}${']'.repeat(64)}`, false],
    ['one more', `${'['.repeat(65)}${']'.repeat(65)}`, true],
    ['brackets side by side', `[${'[],'.repeat(100)}[]]`, false],
    ['brackets behind an escaped quote', `"\\"${'['.repeat(100)}"`, false],
    ['brackets behind an escaped backslash', `["\\\\",${'['.repeat(64)}`, true],
    ['a string that never ends', `"${'['.repeat(100)}`, false],
  ])('judges %s', (_what, json, tooDeep) => {
    expect(nestsTooDeep(json)).toBe(tooDeep);
  });
});

describe('findValueFault', () => {
  it('finds nothing in honest JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const honest = JSON.parse(
          JSON.stringify(value)
            .replaceAll(String.raw`\u0000`, '')
            .replaceAll('__proto__', 'proto'),
        ) as unknown;
        expect(findValueFault(honest)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [{ a: [{ b: 1 }, { c: ['x\0'] }] }, 'a[1].c[0]'],
    [[[1, Infinity]], '[0][1]'],
    ['\ud800', ''],
    [JSON.parse('{"a":{"__proto__":1}}') as unknown, 'a'],
  ])('says where the fault is: %j', (value, path) => {
    expect(findValueFault(value)).toMatchObject({ path });
  });

  it('says so for JSON inside of something else', () => {
    expect(findJsonFault('{"a":["\\u0000"]}', 'line 7')).toMatchObject({ path: 'line 7.a[0]' });
    expect(findJsonFault('{', 'line 7')).toEqual({ path: 'line 7', message: told`is not JSON` });
  });
});
