import type { TableProfile } from '../../../../models/insight.ts';
import { fold } from '../../../retrieval/fold.ts';

/**
 * Whether SQL could give values of columns about persons: it names one, or takes whole rows. Names are looked for
 * anywhere in it, so that no way of writing SQL hides one.
 */
export function mentionsPersons(sql: string, tables: readonly TableProfile[]): boolean {
  const personal = tables.flatMap(({ columns }) => columns.filter(({ pii }) => pii).map(({ name }) => name));
  if (personal.length === 0) return false;
  const folded = fold(sql);
  if (personal.some((name) => folded.includes(fold(name)))) return true;
  const withoutCounts = folded.replaceAll(/count\s*\(\s*\*\s*\)/g, '');
  // A product is written between names or numbers; a star elsewhere is a row.
  const isRow = /(?:select|distinct|,|\(|\.)\s*\*/.test(withoutCounts) || /columns\s*\(/.test(folded);
  return isRow || !/^\s*(?:select|with)\b/.test(folded) || tables.some(({ name }) => isTakenWhole(folded, fold(name)));
}

/** A table's name where a column is expected gives its rows. */
function isTakenWhole(sql: string, table: string): boolean {
  const uses = sql.split(table).length - 1;
  const sources = [...sql.matchAll(/(?:from|join)\s+"?([^\s",()]+)/g)].filter(([, name]) => name === table).length;
  const qualified = [...sql.matchAll(/"?([^\s",()=<>+*/-]+?)"?\./g)].filter(([, name]) => name === table).length;
  return uses > sources + qualified;
}
