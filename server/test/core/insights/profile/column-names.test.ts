import { describe, expect, it } from 'vitest';
import { wordsOfName } from '../../../../src/core/insights/profile/column-words.ts';
import { aggregationByWords } from '../../../../src/core/insights/profile/measure-words.ts';
import { unitOfName } from '../../../../src/core/insights/profile/units.ts';

describe('names of columns', () => {
  it('are taken apart at signs, at capitals and at digits', () => {
    expect(wordsOfName('ValorTotal_Líquido (R$)')).toEqual(['valor', 'total', 'liquido', 'r']);
    expect(wordsOfName('IDCliente')).toEqual(['id', 'cliente']);
    expect(wordsOfName('vendas2024')).toEqual(['vendas', '2024']);
  });

  it.each([
    ['receita', 'sum'],
    ['Valor Total', 'sum'],
    ['qtdVendida', 'sum'],
    ['numero_de_notas', 'sum'],
    ['orders', 'sum'],
    ['preço_unitário', 'avg'],
    ['taxa de conversão', 'avg'],
    ['idade', 'avg'],
    ['customer_rating', 'avg'],
    ['temperatura_media', 'avg'],
    ['ticket_medio', 'avg'],
    ['estoque_final', 'last'],
    ['saldo', 'last'],
    ['account_balance', 'last'],
    ['xyz', null],
  ] as const)('say how "%s" is put together: %s', (name, aggregation) => {
    expect(aggregationByWords(wordsOfName(name))).toBe(aggregation);
  });

  it('tell units, but no percentage of a share between 0 and 1', () => {
    expect(unitOfName('Valor (R$)', { greatest: '10' })).toBe('BRL');
    expect(unitOfName('price_usd', { greatest: '10' })).toBe('USD');
    expect(unitOfName('peso_kg', { greatest: '10' })).toBe('kg');
    expect(unitOfName('margem_pct', { greatest: '38.5' })).toBe('%');
    expect(unitOfName('margem_pct', { greatest: '0.385' })).toBeNull();
    expect(unitOfName('receita', { greatest: '10' })).toBeNull();
  });
});
