import type { DataAnswer, Evidence, Label, TableProfile } from '../../../../models/insight.ts';
import type { Cell } from '../../../../models/table.ts';
import { kindOfType } from '../../profile/type-kind.ts';
import { pointerTo } from '../../evidence/result-cells.ts';
import { quoteName, quoteText } from '../../../../models/sql.ts';
import { createAnswerParts, type AnswerParts } from './answer-parts.ts';
import { phrases } from './answer-phrases.ts';
import type { QuestionOptions } from '../question-answerer.ts';

const mostRows = 10;
const mostColumns = 6;
const longestText = 200;

/**
 * A result of SQL that a model wrote, as a sentence or a list of slots. null when it has nothing to say, or text that is
 * not the value of a column that may be shown: what the model itself writes is never part of an answer.
 */
export async function answerResult(
  evidence: Evidence,
  { session, tables, language }: Pick<QuestionOptions, 'session' | 'tables' | 'language'>,
): Promise<Omit<DataAnswer, 'text'> | null> {
  const rows = evidence.result.rows.slice(0, mostRows);
  const width = evidence.result.columns.length;
  if (rows.length === 0 || width === 0 || width > mostColumns) return null;
  const places = await findPlaces(evidence, { session, tables });
  const parts = createAnswerParts(evidence);
  const lines: string[] = [];
  for (const [row, cells] of rows.entries()) {
    const slots = cells.map((cell, column) => slotOf(parts, { evidence, places, tables, cell, row, column }));
    if (slots.includes(null)) return null;
    lines.push(slots.filter((slot) => slot !== '').join(' – '));
  }
  if (Object.keys(parts.facts).length === 0) return null;
  const words = phrases[language];
  const isCut = evidence.result.truncated || evidence.result.rows.length > mostRows;
  const list = lines.length === 1 ? ` ${lines[0] ?? ''}.` : `\n${lines.map((line) => `- ${line}`).join('\n')}`;
  const template = `${words.result}:${list}${isCut ? `\n${words.more}` : ''}`;
  const { facts, labels } = parts;
  return { template, facts, labels, evidence: [evidence], insightIds: [], needsClarification: null };
}

interface CellOfResult {
  evidence: Evidence;
  /** The column that each text is a value of. */
  places: ReadonlyMap<string, string>;
  tables: readonly TableProfile[];
  cell: Cell;
  row: number;
  column: number;
}

/** Empty for no value; null for what must not be shown. */
function slotOf(parts: AnswerParts, { evidence, places, tables, cell, row, column }: CellOfResult): string | null {
  if (cell === null) return '';
  const { name, type } = evidence.result.columns[column] ?? { name: '', type: '' };
  const kind = kindOfType(type);
  const slot = `${String(row)}_${String(column)}`;
  if (kind === 'integer' || kind === 'decimal') {
    const measure = tables.flatMap(({ columns }) => columns).find((each) => each.name === name);
    return parts.cell(`value${slot}`, { pointer: pointerTo(row, column), unit: measure?.unit ?? null });
  }
  if (kind === 'date')
    return parts.label(`day${slot}`, { kind: 'period', start: String(cell).slice(0, 10), grain: 'day' });
  const place = kind === 'text' || kind === 'boolean' ? places.get(String(cell)) : undefined;
  if (place === undefined) return null;
  const label: Label = { kind: 'value', text: String(cell), column: place };
  return parts.label(`name${slot}`, label);
}

/** Which column that may be shown has each text of the result as a value. */
async function findPlaces(
  { result }: Evidence,
  { session, tables }: Pick<QuestionOptions, 'session' | 'tables'>,
): Promise<ReadonlyMap<string, string>> {
  const texts = result.rows.slice(0, mostRows).flatMap((row) =>
    row.flatMap((cell, column) => {
      const kind = kindOfType(result.columns[column]?.type ?? '');
      return cell !== null && (kind === 'text' || kind === 'boolean') ? [String(cell)] : [];
    }),
  );
  const wanted = [...new Set(texts)].filter((text) => text.length <= longestText);
  const shown = tables.flatMap(({ name: table, columns }) =>
    columns
      .filter(({ role, pii }) => !pii && (role === 'dimension' || role === 'id'))
      .map(({ name }) => ({ table, name })),
  );
  if (wanted.length === 0 || shown.length === 0) return new Map();
  const list = wanted.map(quoteText).join(', ');
  const parts = shown.map(({ table, name }, index) => {
    const text = `CAST(${quoteName(name)} AS VARCHAR)`;
    return `SELECT DISTINCT ${String(index)} AS i, ${text} AS v FROM ${quoteName(table)} WHERE ${text} IN (${list})`;
  });
  const { rows } = await session.query(`${parts.join(' UNION ALL ')} ORDER BY 1 DESC, 2`);
  return new Map(rows.map(([index = null, value = null]) => [String(value), shown[Number(index)]?.name ?? '']));
}
