import type { Language } from '../../../models/language.ts';
import type { DataWarning, DataWarningCode } from '../../../models/table.ts';
import { columnText } from './clean-name.ts';
import { formatNumber } from './format-number.ts';

type Texts = Readonly<Record<Language, Readonly<Record<DataWarningCode, string>>>>;

/** What is wrong with a column, as a name that can stand in a sentence. */
export const problemTexts: Texts = {
  pt: {
    id_like_number: 'números que identificam algo',
    partial_period: 'período incompleto',
    mixed_types: 'valores de tipos misturados',
    non_finite: 'valores infinitos ou indefinidos',
    gap: 'períodos sem dados',
    future_date: 'datas no futuro',
    empty_column: 'coluna vazia',
    constant_column: 'sempre o mesmo valor',
    duplicate_rows: 'linhas repetidas',
    null_values: 'valores ausentes',
    unit_jump: 'salto de escala nos valores',
    renamed_column: 'coluna com nome trocado',
    guessed_aggregation: 'forma de agregar presumida',
    personal_data: 'dados pessoais',
    formula_text: 'textos que parecem fórmulas',
    latin_1: 'codificação antiga de texto',
    inexact_numbers: 'números sem exatidão decimal',
    rows_in_cell: 'células com linhas inteiras dentro',
    few_rows: 'poucas linhas',
    columns_left_out: 'colunas não examinadas',
  },
  en: {
    id_like_number: 'numbers that identify something',
    partial_period: 'incomplete period',
    mixed_types: 'values of mixed types',
    non_finite: 'infinite or undefined values',
    gap: 'periods without data',
    future_date: 'dates in the future',
    empty_column: 'empty column',
    constant_column: 'always the same value',
    duplicate_rows: 'repeated rows',
    null_values: 'missing values',
    unit_jump: 'jump in the scale of values',
    renamed_column: 'renamed column',
    guessed_aggregation: 'assumed way of aggregating',
    personal_data: 'personal data',
    formula_text: 'text that looks like formulas',
    latin_1: 'old text encoding',
    inexact_numbers: 'numbers without decimal exactness',
    rows_in_cell: 'cells with whole rows in them',
    few_rows: 'few rows',
    columns_left_out: 'columns not looked at',
  },
};

const consequences: Texts = {
  pt: {
    id_like_number: 'não são somados nem entram em médias',
    partial_period: 'não é comparado com os outros',
    mixed_types: 'a coluna é tratada como texto',
    non_finite: 'ficam fora dos cálculos',
    gap: 'as comparações pulam esses períodos',
    future_date: 'confira se a data foi digitada errado',
    empty_column: 'nada pode ser dito sobre ela',
    constant_column: 'nada varia nela',
    duplicate_rows: 'confira se foram enviadas mais de uma vez',
    null_values: 'ficam fora dos cálculos',
    unit_jump: 'confira se a unidade mudou no meio da tabela',
    renamed_column: 'o nome não podia ser usado ou se repetia',
    guessed_aggregation: 'informe `aggregation` se não for essa',
    personal_data: 'os valores não são mostrados',
    formula_text: 'são tratados só como texto',
    latin_1: 'o arquivo não estava em UTF-8 e foi lido como Latin-1',
    inexact_numbers: 'as somas podem diferir na última casa',
    rows_in_cell: 'confira se falta fechar aspas no arquivo',
    few_rows: 'com tão poucas, quase nada se distingue do acaso',
    columns_left_out: 'o tempo do pedido não bastou; envie menos colunas ou aumente `timeout_ms`',
  },
  en: {
    id_like_number: 'they are never summed or averaged',
    partial_period: 'it is not compared with the others',
    mixed_types: 'the column is treated as text',
    non_finite: 'they are left out of what is computed',
    gap: 'comparisons skip these periods',
    future_date: 'check whether the date was mistyped',
    empty_column: 'nothing can be said about it',
    constant_column: 'nothing varies in it',
    duplicate_rows: 'check whether they were sent more than once',
    null_values: 'they are left out of what is computed',
    unit_jump: 'check whether the unit changed within the table',
    renamed_column: 'the name could not be used, or occurred before',
    guessed_aggregation: 'give `aggregation` if it is another',
    personal_data: 'its values are not shown',
    formula_text: 'it is treated as text only',
    latin_1: 'the file was not in UTF-8 and was read as Latin-1',
    inexact_numbers: 'sums may differ in the last digit',
    rows_in_cell: 'check whether a quotation mark in the file is not closed',
    few_rows: 'with so few, hardly anything can be told from chance',
    columns_left_out: 'the time of the request was not enough; send fewer columns or raise `timeout_ms`',
  },
};

const places = { pt: { table: 'Tabela', column: 'coluna' }, en: { table: 'Table', column: 'column' } } as const;

/** A warning for people: where, what, how often, and what follows of it. */
export function warningText({ code, table, column, count }: DataWarning, language: Language): string {
  const place = places[language];
  const where = `${place.table} “${columnText(table)}”${column === null ? '' : `, ${place.column} “${columnText(column)}”`}`;
  const times = count === null ? '' : ` (${formatNumber(`${count}`, { unit: 'count', language, sign: 'plain' })})`;
  return `${where}: ${problemTexts[language][code]}${times}; ${consequences[language][code]}.`;
}
