import { describe, expect, it } from 'vitest';
import { numbersAnew } from '../../../src/core/training/replay/numbers-anew.ts';
import { createRandom } from '../../../src/core/training/replay/seeded-random.ts';

describe('numbers anew', () => {
  it('are as long as they were, and the same wherever they stand', () => {
    const anew = numbersAnew('Quanto custa?', createRandom(1));
    const first = anew('O frete custa R$ 27,40.');
    expect(first).toMatch(/^O frete custa R\$ [1-9]\d,[1-9]\d\.$/);
    expect(first).not.toBe('O frete custa R$ 27,40.');
    expect(anew('O frete custa R$ 27,40.')).toBe(first);
  });

  it('are not those that the question has', () => {
    const anew = numbersAnew('O que diz a sala 12?', createRandom(1));
    expect(anew('A sala 12 fica aberta.')).toBe('A sala 12 fica aberta.');
  });
});
