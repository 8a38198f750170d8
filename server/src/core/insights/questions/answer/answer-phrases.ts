import type { Grain } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import type { Combination, Comparison } from '../plan/plan.ts';

/** Sentences of answers, with slots for everything that comes of data. */
interface Phrases {
  what: Readonly<Record<Combination | 'rows', string>>;
  extreme: Readonly<Record<'highest' | 'lowest', string>>;
  per: string;
  in: string;
  fromTo(from: string, to: string): string;
  without: string;
  comparison: Readonly<Record<Comparison, (column: string, numbers: readonly string[]) => string>>;
  share(part: string): string;
  ofAll: string;
  lastOfAll: string;
  difference: string;
  changed(slots: { from: string; to: string }): string;
  changeFrom(slots: { from: string; to: string }): string;
  growth(period: string): string;
  /** Which of the changes in percent, and which by their amount. */
  change: Readonly<Record<'highest' | 'lowest', string>>;
  changeAmount: Readonly<Record<'highest' | 'lowest', string>>;
  each: Readonly<Record<Grain, string>>;
  averaged: Readonly<Record<'measure' | 'rows', (period: string) => string>>;
  completePeriods: string;
  smallGroups: string;
  partial: string;
  result: string;
  more: string;
}

export const phrases: Readonly<Record<Language, Phrases>> = {
  pt: {
    what: {
      sum: 'Total de {{measure}}',
      avg: 'Média de {{measure}}',
      median: 'Mediana de {{measure}}',
      max: 'Maior valor de {{measure}}',
      min: 'Menor valor de {{measure}}',
      count: 'Número de valores de {{measure}}',
      rows: 'Número de linhas de {{table}}',
      distinct: 'Número de valores diferentes de {{measure}}',
      last: 'Total de {{measure}} no último dia',
    },
    extreme: { highest: 'Maior', lowest: 'Menor' },
    per: 'por {{group}}',
    in: 'em',
    fromTo: (from, to) => `de ${from} a ${to}`,
    without: 'sem',
    comparison: {
      above: (column, [first]) => `${column} acima de ${first}`,
      below: (column, [first]) => `${column} abaixo de ${first}`,
      at_least: (column, [first]) => `${column} a partir de ${first}`,
      at_most: (column, [first]) => `${column} até ${first}`,
      equal: (column, [first]) => `${column} igual a ${first}`,
      between: (column, [first, second]) => `${column} entre ${first} e ${second}`,
    },
    share: (part) => `Participação de ${part} em:`,
    ofAll: 'Os primeiros de {{groups}}.',
    lastOfAll: 'Os últimos de {{groups}}.',
    difference: 'diferença',
    changed: ({ from, to }) => `de {{previous}} ${from} para {{current}} ${to}`,
    changeFrom: ({ from, to }) => `de ${from} para ${to}`,
    growth: (period) => `variação por ${period}`,
    change: { highest: 'variação mais alta', lowest: 'variação mais baixa' },
    changeAmount: { highest: 'Em valor, a mais alta', lowest: 'Em valor, a mais baixa' },
    each: { day: 'dia', week: 'semana', month: 'mês', quarter: 'trimestre', year: 'ano' },
    averaged: {
      measure: (period) => `Média por ${period} do total de {{measure}}`,
      rows: (period) => `Média por ${period} do número de linhas de {{table}}`,
    },
    completePeriods: 'períodos completos: {{periods}}',
    smallGroups: 'Grupos com poucas linhas não são mostrados, porque a tabela é sobre pessoas.',
    partial: 'O último período ainda está incompleto nos dados.',
    result: 'Resultado da consulta',
    more: 'Há mais linhas no resultado.',
  },
  en: {
    what: {
      sum: 'Total {{measure}}',
      avg: 'Average {{measure}}',
      median: 'Median {{measure}}',
      max: 'Highest value of {{measure}}',
      min: 'Lowest value of {{measure}}',
      count: 'Number of values of {{measure}}',
      rows: 'Number of rows of {{table}}',
      distinct: 'Number of different values of {{measure}}',
      last: 'Total {{measure}} on the last day',
    },
    extreme: { highest: 'Highest', lowest: 'Lowest' },
    per: 'by {{group}}',
    in: 'in',
    fromTo: (from, to) => `from ${from} to ${to}`,
    without: 'without',
    comparison: {
      above: (column, [first]) => `${column} above ${first}`,
      below: (column, [first]) => `${column} below ${first}`,
      at_least: (column, [first]) => `${column} of at least ${first}`,
      at_most: (column, [first]) => `${column} of at most ${first}`,
      equal: (column, [first]) => `${column} equal to ${first}`,
      between: (column, [first, second]) => `${column} between ${first} and ${second}`,
    },
    share: (part) => `Share of ${part} in:`,
    ofAll: 'The first of {{groups}}.',
    lastOfAll: 'The last of {{groups}}.',
    difference: 'difference',
    changed: ({ from, to }) => `from {{previous}} ${from} to {{current}} ${to}`,
    changeFrom: ({ from, to }) => `from ${from} to ${to}`,
    growth: (period) => `change by ${period}`,
    change: { highest: 'highest change', lowest: 'lowest change' },
    changeAmount: { highest: 'By amount, the highest', lowest: 'By amount, the lowest' },
    each: { day: 'day', week: 'week', month: 'month', quarter: 'quarter', year: 'year' },
    averaged: {
      measure: (period) => `Average per ${period} of total {{measure}}`,
      rows: (period) => `Average per ${period} of the number of rows of {{table}}`,
    },
    completePeriods: 'complete periods: {{periods}}',
    smallGroups: 'Groups with few rows are not shown, because the table is about persons.',
    partial: 'The last period is not complete in the data yet.',
    result: 'Result of the query',
    more: 'The result has more rows.',
  },
};
