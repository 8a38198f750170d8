import type { InsightSubject, Label, TableProfile } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { Cell } from '../../../models/table.ts';
import { columnText, valueText } from './clean-name.ts';
import { periodName, seasonName, type Name } from './period-text.ts';
import { problemTexts } from './warning-text.ts';

export interface WordingOptions {
  language: Language;
  /** Whose columns about persons are not shown. */
  tables: readonly TableProfile[];
}

const texts = {
  pt: { hidden: '(oculto)', empty: '(vazio)', yes: 'sim', no: 'não', group: 'grupo', rows: 'Linhas' },
  en: { hidden: '(hidden)', empty: '(empty)', yes: 'yes', no: 'no', group: 'group', rows: 'Rows' },
} as const satisfies Record<Language, Record<string, string>>;

/** A label as it stands in a sentence. Values of columns about persons are never shown. */
export function labelName(label: Label, { language, tables }: WordingOptions): Name {
  switch (label.kind) {
    case 'column':
      return plain(columnText(label.text) || texts[language].empty);
    case 'value':
      return plain(memberText(label, { language, tables }));
    case 'period':
      return periodName(label.start, { grain: label.grain, language });
    case 'season':
      return seasonName(label.of, { number: label.number, language });
    case 'problem':
      return plain(problemTexts[language][label.code]);
    default:
      return label satisfies never;
  }
}

/** The measure with its filters: "receita (Sul)". */
export function subjectName(subject: InsightSubject, { language, tables }: WordingOptions): Name {
  const filters = subject.filters.map(({ column, value }) =>
    typeof value === 'string'
      ? memberText({ text: value, column }, { language, tables })
      : `${columnText(column)}: ${cellText({ value, column }, { language, tables })}`,
  );
  const measure = measureText(subject, language);
  return plain(filters.length === 0 ? measure : `${measure} (${filters.join(', ')})`);
}

/** What the subject is broken down by. */
export function breakdownName(subject: InsightSubject, language: Language): Name {
  return plain((subject.breakdown === null ? '' : columnText(subject.breakdown)) || texts[language].group);
}

function measureText({ measure, aggregation, table }: InsightSubject, language: Language): string {
  if (measure === null) return `${texts[language].rows} (${columnText(table)})`;
  const name = columnText(measure) || texts[language].empty;
  if (aggregation === 'avg') return language === 'pt' ? `média de ${name}` : `average ${name}`;
  if (aggregation === 'count') return language === 'pt' ? `contagem de ${name}` : `count of ${name}`;
  return name;
}

function memberText({ text, column }: { text: string; column: string }, { language, tables }: WordingOptions): string {
  if (isPersonal(column, tables)) return texts[language].hidden;
  return valueText(text) || texts[language].empty;
}

function cellText({ value, column }: { value: Cell; column: string }, options: WordingOptions): string {
  if (value === null) return texts[options.language].empty;
  if (typeof value === 'boolean') return texts[options.language][value ? 'yes' : 'no'];
  return memberText({ text: String(value), column }, options);
}

export function isPersonal(column: string, tables: readonly TableProfile[]): boolean {
  return tables.some((table) => table.columns.some((each) => each.name === column && each.pii));
}

function plain(text: string): Name {
  return { text, article: null, isDay: false };
}
