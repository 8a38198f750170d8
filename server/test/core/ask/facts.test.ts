import { describe, expect, it } from 'vitest';
import { namesIn, numbersIn } from '../../../src/core/ask/grounding/facts.ts';
import { contradicts } from '../../../src/core/ask/grounding/negation.ts';

describe('numbersIn', () => {
  it.each([
    ['R$ 1.500,00', ['1500']],
    ['$1,500.00', ['1500']],
    ['1500', ['1500']],
    ['R$ 49,90', ['49.9']],
    ['49.9', ['49.9']],
    ['007', ['7']],
    ['doze dias úteis', ['12']],
    ['twelve days', ['12']],
    ['às 7h e às 22 h', ['7', '22']],
    ['7 am', ['7']],
    ['CAF-210', ['caf-210']],
    ['12/03/2024', ['12/03/2024']],
    ['14 de março de 1998', ['14', '1998']],
    ['192.168.0.1', ['192.168.0.1']],
    ['um prazo, uma entrega', []],
    ['nada', []],
  ])('%s', (text, numbers) => {
    expect([...numbersIn(text)].toSorted()).toEqual(numbers.toSorted());
  });
});

describe('namesIn', () => {
  it.each([
    ['O gerente é Carlos Nunes, de São Paulo.', ['carlos', 'nunes', 'sao', 'paulo']],
    ['Prazos. Entregas: Sempre em dia.', []],
    ['“Tudo certo”, disse a ANATEL', ['anatel']],
    ['The manager in Recife is called Carla', ['recife', 'carla']],
  ])('%s', (text, names) => {
    expect([...namesIn(text)].toSorted()).toEqual(names.toSorted());
  });

  it('takes a word at the start as a name where others use it as one', () => {
    expect([...namesIn('Manaus tem outro prazo.', new Set(['manaus']))]).toEqual(['manaus']);
  });
});

describe('contradicts', () => {
  it.each([
    ['O cliente pode devolver.', 'O cliente não pode devolver.', true],
    ['O prazo não inclui feriados.', 'O prazo inclui feriados.', true],
    ['Returns are accepted.', "Returns aren't accepted.", true],
    ['You may not smoke here.', 'You may smoke here.', true],
    ['O prazo é de 12 dias.', 'O prazo é de 12 dias e não inclui feriados.', false],
    ['O cliente não pode devolver.', 'Devoluções: o cliente não pode devolver nada.', false],
    ['Não, a garagem não abre aos domingos.', 'A garagem não abre aos domingos.', false],
    ['Não, pode devolver.', 'O cliente não pode devolver.', true],
    ['Nada a ver.', 'Outra coisa.', false],
  ])('%s / %s', (one, other, expected) => {
    expect(contradicts(one, other)).toBe(expected);
    expect(contradicts(other, one)).toBe(expected);
  });
});
