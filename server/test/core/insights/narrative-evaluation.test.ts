import { describe, expect, it } from 'vitest';
import { evaluateNarratives } from '../../support/insights/narrative-evaluation.ts';

// `npm run eval -- narratives SEED` runs this with other findings and other lies.
const seed = Number(process.env['EVALUATION_SEED'] ?? 2026);

describe('narratives of models, evaluated', () => {
  it('have no number that no slot gave in 600 answers, and show none of 1,000 lies', async () => {
    const { shown, byAttack, ...figures } = await evaluateNarratives({ seed, answers: 600, hostile: 1000 });
    console.log(figures, byAttack);
    expect(shown).toEqual([]);
    expect(figures).toMatchObject({ answers: 600, ofModel: 600, freeNumbers: 0, inWrongLanguage: 0, hostile: 1000 });
    expect(figures.numbers).toBeGreaterThan(1500);
    expect(Math.min(...Object.values(byAttack))).toBeGreaterThan(10);
  });
});
