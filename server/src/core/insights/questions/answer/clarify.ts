import type { ColumnProfile, TableProfile } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import { cleanName, columnText, valueText } from '../../narrative/clean-name.ts';
import { periodName } from '../../narrative/period-text.ts';
import { lastDayOf } from '../../profile/periods.ts';
import type { Period, Unclear } from '../plan/plan.ts';

interface ClarifyOptions {
  language: Language;
  tables: readonly TableProfile[];
}

const mostNamed = 12;

const texts = {
  pt: {
    or: 'ou',
    measures: 'Medidas',
    groups: 'grupos',
    days: (from: string, to: string) => `Os períodos completos vão de ${from} a ${to}.`,
    unknown: (words: string) => `Não sei o que ${words} quer dizer nestes dados.`,
    perhaps: (columns: string) => `Talvez ${columns}?`,
    several: (words: string, columns: string) => `${words} pode ser ${columns}. Qual?`,
    severalTables: (tables: string) => `A pergunta vale para mais de uma tabela: ${tables}. Qual?`,
    noMeasure: 'Falta dizer o que deve ser medido: uma medida, ou o número de linhas.',
    noTime: 'A tabela não tem coluna com datas.',
    outside: (period: string) => `Não há linhas de ${period}.`,
    incomplete: (period: string) => `Não há todas as linhas de ${period}, com que seria comparado.`,
    noRows: 'Nenhuma linha tem tudo o que a pergunta pede.',
    personal: (column: string) => `A coluna ${column} é sobre pessoas, e seus valores não são mostrados.`,
    fewRows: 'São menos de cinco linhas, de uma tabela sobre pessoas: o resultado não é mostrado.',
    notAdded: (column: string) => `Valores de ${column} não se somam; pergunte pela média, pelo maior ou pelo menor.`,
    judgement: (column: string) => `Não sei se é melhor ${column} alto ou baixo; pergunte pelo maior ou pelo menor.`,
    combination: 'Não sei como juntar o que a pergunta pede; pergunte uma coisa de cada vez.',
  },
  en: {
    or: 'or',
    measures: 'Measures',
    groups: 'groups',
    days: (from: string, to: string) => `Complete periods go from ${from} to ${to}.`,
    unknown: (words: string) => `I do not know what ${words} means in these data.`,
    perhaps: (columns: string) => `Perhaps ${columns}?`,
    several: (words: string, columns: string) => `${words} may be ${columns}. Which one?`,
    severalTables: (tables: string) => `The question fits more than one table: ${tables}. Which one?`,
    noMeasure: 'Please say what is to be measured: a measure, or the number of rows.',
    noTime: 'The table has no column with dates.',
    outside: (period: string) => `There are no rows of ${period}.`,
    incomplete: (period: string) => `Not all rows of ${period} are there, with which it would be compared.`,
    noRows: 'No row has all that the question asks for.',
    personal: (column: string) => `The column ${column} is about persons, and its values are not shown.`,
    fewRows: 'These are fewer than five rows of a table about persons: the result is not shown.',
    notAdded: (column: string) => `Values of ${column} do not add up; ask for the average, the highest or the lowest.`,
    judgement: (column: string) =>
      `I do not know whether a high or a low ${column} is better; ask for the highest or the lowest.`,
    combination: 'I do not know how to put together what the question asks for; please ask one thing at a time.',
  },
} as const;

/** What a question lacks, and what there is, in its language. Names are cleaned: they are text of strangers. */
export function clarify(unclear: Unclear, options: ClarifyOptions): string {
  const words = texts[options.language];
  const all = whatThereIs(options);
  switch (unclear.kind) {
    case 'unknown_words': {
      const suggestions = unclear.suggestions.slice(0, mostNamed);
      const perhaps = suggestions.length === 0 ? [] : [words.perhaps(choices(suggestions, options))];
      return [words.unknown(quoted(unclear.words)), ...perhaps, all].join(' ');
    }
    case 'several_columns':
      return words.several(quoted([unclear.words]), choices(unclear.columns, options));
    case 'several_members':
      return words.several(valueText(unclear.value), choices(unclear.columns, options));
    case 'several_tables':
      return words.severalTables(choices(unclear.tables, options));
    case 'no_measure':
      return `${words.noMeasure} ${all}`;
    case 'no_time':
      return `${words.noTime} ${all}`;
    case 'period_outside':
      return `${words.outside(periodText(unclear.period, options))} ${daysOf(options)}`.trim();
    case 'period_incomplete':
      return `${words.incomplete(periodText(unclear.period, options))} ${daysOf(options)}`.trim();
    case 'no_rows':
      return words.noRows;
    case 'few_rows':
      return words.fewRows;
    case 'personal':
      return words.personal(columnText(unclear.column.name));
    case 'not_added':
      return words.notAdded(columnText(unclear.column.name));
    case 'judgement':
      return words.judgement(columnText(unclear.column.name));
    case 'combination':
      return `${words.combination} ${all}`;
    default:
      return unclear satisfies never;
  }
}

function whatThereIs({ language, tables }: ClarifyOptions): string {
  const words = texts[language];
  const named = (role: ColumnProfile['role']): string =>
    tables
      .flatMap(({ columns }) => columns.filter((column) => column.role === role && !column.pii))
      .slice(0, mostNamed)
      .map(({ name }) => columnText(name))
      .join(', ');
  const parts = [
    [words.measures, named('measure')],
    [words.groups, named('dimension')],
  ].flatMap(([title = '', names = '']) => (names === '' ? [] : [`${title}: ${names}`]));
  return [...(parts.length === 0 ? [] : [`${parts.join('; ')}.`]), daysOf({ language, tables })].join(' ').trim();
}

function daysOf({ language, tables }: ClarifyOptions): string {
  const [time] = tables.flatMap((table) => table.time ?? []);
  const [first, last] = [time?.periods[0], time?.periods.at(-1)];
  if (time === undefined || first === undefined || last === undefined) return '';
  const name = (day: string): string => periodName(day, { grain: 'day', language }).text;
  return texts[language].days(name(first), name(lastDayOf(last, time.grain)));
}

function periodText({ first, last, grain }: Period, { language }: ClarifyOptions): string {
  if (grain !== null) return periodName(first, { grain, language }).text;
  return [first, last].map((day) => periodName(day, { grain: 'day', language }).text).join(' – ');
}

function choices(named: readonly { name: string }[], { language }: ClarifyOptions): string {
  const names = named.map(({ name }) => columnText(name));
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${texts[language].or} ${last}`;
}

function quoted(words: readonly string[]): string {
  return words
    .slice(0, mostNamed)
    .map((word) => `“${cleanName(word) || '…'}”`)
    .join(', ');
}
