import type { Finding } from '../../../models/insight.ts';
import { cleanName } from '../narrative/clean-name.ts';
import { subjectName, type WordingOptions } from '../narrative/label-text.ts';

/** What an axis measures, with its unit: "receita (BRL)". */
export function amountTitle({ subject }: Finding, options: WordingOptions): string {
  const { text } = subjectName({ ...subject, filters: [] }, options);
  const columns = options.tables.find(({ name }) => name === subject.table)?.columns;
  const unit = columns?.find(({ name }) => name === subject.measure)?.unit ?? null;
  return unit === null ? text : `${text} (${cleanName(unit, 16)})`;
}
