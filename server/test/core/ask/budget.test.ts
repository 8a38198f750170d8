import { describe, expect, it } from 'vitest';
import { fitToBudget } from '../../../src/core/ask/budget.ts';
import { evidence } from '../../support/evidence.ts';

const countTokens = async (texts: readonly string[]): Promise<number[]> =>
  texts.map((text) => text.split(/\s+/).length);

const filler = (count: number): string =>
  Array.from({ length: count }, (_, index) => `A norma ${index + 2} trata de arquivo e papel.`).join(' ');
const answer = 'Para Manaus, o prazo de entrega é de 12 dias úteis.';

function fit(texts: readonly string[], limitTokens: number, mostSources = 8): ReturnType<typeof fitToBudget> {
  const found = texts.map((text, index) => evidence({ number: index + 1, title: 'Normas', text, start: 1000 }));
  const question = 'Qual é o prazo de entrega para Manaus?';
  return fitToBudget(found, { question, language: 'pt', limitTokens, mostSources, countTokens });
}

describe('fitToBudget', () => {
  it('keeps whole what fits', async () => {
    const { sources, trace } = await fit([filler(2), answer], 100);
    expect(sources.map(({ number, text }) => [number, text])).toEqual([
      [1, filler(2)],
      [2, answer],
    ]);
    expect(trace.sources.map(({ foundTokens, givenTokens }) => foundTokens - givenTokens)).toEqual([0, 0]);
  });

  it('keeps of each long source the whole sentences around what was asked, with their offsets', async () => {
    const texts = [1, 2, 3].map((count) => `${filler(20 * count)} ${answer} ${filler(20)}`);
    const { sources, trace } = await fit(texts, 150);
    expect(sources).toHaveLength(3);
    for (const [index, { text, start, end }] of sources.entries()) {
      expect(text).toContain(answer);
      expect(text).toMatch(/^(?:A norma|Para Manaus).*\.$/);
      expect(text).toBe(texts[index]?.slice(start - 1000, end - 1000));
    }
    const given = trace.sources.reduce((sum, { givenTokens }) => sum + givenTokens, 0);
    expect(given).toBeLessThanOrEqual(150);
    expect(given).toBeGreaterThan(100);
  });

  it('gives better sources more, and what short ones leave to the others', async () => {
    const { trace } = await fit([filler(40), 'Nada.', filler(40)], 200);
    const [best, short, last] = trace.sources.map(({ givenTokens }) => givenTokens);
    expect(best).toBeGreaterThan(80);
    expect(short).toBe(3);
    expect(last).toBeGreaterThan(60);
  });

  it('takes only so many sources', async () => {
    expect((await fit([answer, answer, answer], 500, 2)).sources).toHaveLength(2);
  });

  it('leaves a source out when not one of its sentences fits', async () => {
    const endless = 'palavra '.repeat(400);
    const { sources } = await fit([endless, answer], 100);
    expect(sources.map(({ number, text }) => [number, text])).toEqual([[1, answer]]);
  });

  it('gives nothing when there is no room', async () => {
    expect((await fit([answer], 5)).sources).toEqual([]);
    expect((await fit([], 500)).sources).toEqual([]);
  });
});
