import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { createTokenCounts } from '../../../src/core/ask/token-counts.ts';

function countingEngine() {
  const asked: (readonly string[])[] = [];
  const countTokens = async (_model: string, texts: readonly string[]): Promise<number[]> => {
    asked.push(texts);
    return texts.map((text) => text.length);
  };
  return { asked, countTokens };
}

describe('token counts', () => {
  it('are those of the engine, in order, also for a text that is given twice', async () => {
    const count = createTokenCounts(countingEngine());
    expect(await count('nano', ['aa', 'b', 'aa', ''])).toEqual([2, 1, 2, 0]);
  });

  it('are asked for once per text', async () => {
    const engine = countingEngine();
    const count = createTokenCounts(engine);
    await count('nano', ['aa', 'b']);
    expect(await count('nano', ['b', 'ccc', 'aa'])).toEqual([1, 3, 2]);
    await count('nano', ['aa', 'b', 'ccc']);
    expect(engine.asked).toEqual([['aa', 'b'], ['ccc']]);
  });

  it('are asked for once by callers at the same time', async () => {
    const engine = countingEngine();
    const count = createTokenCounts(engine);
    expect(await Promise.all([count('nano', ['aa']), count('nano', ['aa'])])).toEqual([[2], [2]]);
    expect(engine.asked).toEqual([['aa']]);
  });

  it('are those of one model', async () => {
    const engine = countingEngine();
    const count = createTokenCounts(engine);
    await count('nano', ['aa']);
    await count('llama3.2:1b', ['aa']);
    expect(engine.asked).toEqual([['aa'], ['aa']]);
  });

  it('that failed are asked for again', async () => {
    let failures = 1;
    const count = createTokenCounts({
      countTokens: async (_model, texts) => {
        if (failures-- > 0) throw new AppError('engine_failed');
        return texts.map(() => 7);
      },
    });
    await expect(count('nano', ['aa', 'b'])).rejects.toMatchObject({ code: 'engine_failed' });
    expect(await count('nano', ['aa', 'b'])).toEqual([7, 7]);
  });

  it('used longest ago are forgotten when there are too many', async () => {
    const engine = countingEngine();
    const count = createTokenCounts(engine, { mostCharacters: 'nano\naaaa'.length * 2 });
    await count('nano', ['aaaa']);
    await count('nano', ['bbbb']);
    await count('nano', ['aaaa']);
    await count('nano', ['cccc']);
    await count('nano', ['aaaa']);
    await count('nano', ['bbbb']);
    expect(engine.asked).toEqual([['aaaa'], ['bbbb'], ['cccc'], ['bbbb']]);
  });
});
