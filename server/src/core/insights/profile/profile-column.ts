import type { ColumnProfile } from '../../../models/insight.ts';
import type { Aggregation, ColumnHint, ColumnRole, DataWarningCode } from '../../../models/table.ts';
import type { ColumnFacts } from './column-facts.ts';
import { hasWord, wordSet, wordsOfName } from './column-words.ts';
import { identifierOf, type Identifier } from './identifiers.ts';
import { aggregationByWords, saysMeasure } from './measure-words.ts';
import { isMixed } from './table-quality.ts';
import { isNumber } from './type-kind.ts';
import { unitOfName } from './units.ts';

export interface ProfiledColumn {
  profile: ColumnProfile;
  /** What must be known about it. */
  warnings: readonly DataWarningCode[];
}

// Numbers of that name tell groups apart, and places on the globe add up to nothing.
const groupWords =
  wordSet(`ano year mes month dia day semana week trimestre quarter semestre hora hour loja filial store
  branch setor turma classe class categoria category grupo group tipo type status situacao nivel level flag canal
  channel regiao region zona zone area rota route turno shift versao version rank ranking posicao fase phase etapa step
  bimestre semestre semester term`);
const coordinates = wordSet('latitude longitude lat lon lng');
const longText = 50;
const mostGroups = 200;

/** What a column is. A hint wins over what is found, except that its values are still counted. */
export function profileColumn(column: ColumnFacts, options: { rows: number; hint?: ColumnHint }): ProfiledColumn {
  const { hint } = options;
  const identifier = identifierOf(column);
  const role = hint?.role ?? roleOf(column, { rows: options.rows, identifier });
  const pii = hint?.pii ?? identifier?.isPersonal ?? false;
  const { aggregation, isGuessed } = aggregationOf(column, { role, hint });
  const isNumberedKey = isNumber(column.kind) && identifier !== null && role !== 'measure';
  const warnings: [DataWarningCode, boolean][] = [
    ['id_like_number', isNumberedKey],
    ['personal_data', pii],
    ['guessed_aggregation', isGuessed],
  ];
  return {
    profile: {
      name: column.name,
      type: column.type,
      role,
      aggregation,
      unit: hint?.unit ?? (role === 'measure' ? unitOfName(column.name, column) : null),
      favorable: hint?.favorable ?? null,
      description: hint?.description ?? null,
      nulls: options.rows - column.values,
      distinct: column.distinct,
      pii,
    },
    warnings: warnings.flatMap(([code, holds]) => (holds ? [code] : [])),
  };
}

function roleOf(
  column: ColumnFacts,
  { rows, identifier }: { rows: number; identifier: Identifier | null },
): ColumnRole {
  if (column.values === 0 || column.kind === 'other') return 'ignore';
  if (identifier !== null) return 'id';
  if (column.kind === 'date') return 'time';
  if (column.kind === 'boolean') return 'dimension';
  const words = wordsOfName(column.name);
  if (column.kind === 'text') return roleOfText(column, rows);
  if (hasWord(words, coordinates)) return 'ignore';
  const isGroup = hasWord(words, groupWords) && !saysMeasure(words);
  return isGroup && column.fractions === 0 && column.distinct <= mostGroups ? 'dimension' : 'measure';
}

/** Text that is long, of several kinds, or different in every row groups nothing. */
function roleOfText(column: ColumnFacts, rows: number): ColumnRole {
  if (isMixed(column)) return 'ignore';
  const isLong = column.sample.filter((value) => value.length > longText).length * 2 > column.sample.length;
  if (isLong) return 'ignore';
  const isDifferentEverywhere = column.distinct === column.values && rows > mostGroups;
  return isDifferentEverywhere ? 'id' : 'dimension';
}

/** A sum of what is no flow is wrong without anybody seeing it, so a guess is told. */
function aggregationOf(
  column: ColumnFacts,
  { role, hint }: { role: ColumnRole; hint: ColumnHint | undefined },
): { aggregation: Aggregation | null; isGuessed: boolean } {
  if (role !== 'measure') return { aggregation: null, isGuessed: false };
  if (hint?.aggregation !== undefined) return { aggregation: hint.aggregation, isGuessed: false };
  const told = isNumber(column.kind) ? aggregationByWords(wordsOfName(column.name)) : 'count';
  if (told !== null) return { aggregation: told, isGuessed: false };
  if (unitOfName(column.name, column) === '%') return { aggregation: 'avg', isGuessed: false };
  const isShare = column.fractions > 0 && Number(column.least) >= 0 && Number(column.greatest) <= 1;
  return { aggregation: isShare ? 'avg' : 'sum', isGuessed: true };
}
