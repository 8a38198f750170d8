import type { InsightFiles, InsightRequest, InsightTable } from '@billumy/protocol';
import type { ChosenTable } from './chosen-tables.ts';
import { formatOf } from './chosen-tables.ts';

type Grain = NonNullable<NonNullable<InsightRequest['period']>['grain']>;
type Comparison = NonNullable<NonNullable<InsightRequest['period']>['compare']>;
export type ColumnHint = NonNullable<InsightTable['columns']>[number];
/** What a person said of columns, by table. */
export type Hints = Readonly<Record<string, readonly ColumnHint[]>>;

export interface AnalysisOptions {
  question: string;
  context: string;
  collections: readonly string[];
  /** null: the service chooses. */
  grain: Grain | null;
  /** Empty: the last complete one. */
  current: string;
  compare: Comparison | null;
  writer: 'llm' | 'template';
  charts: 'svg' | 'none';
}

export const usualOptions: AnalysisOptions = {
  question: '',
  context: '',
  collections: [],
  grain: null,
  current: '',
  compare: null,
  writer: 'template',
  charts: 'svg',
};

/** Whoever looks on can stop it: a model on a small machine is given the time it needs. */
const longestMs = { template: 60_000, llm: 120_000 };

export interface WantedAnalysis {
  tables: readonly ChosenTable[];
  options: AnalysisOptions;
  hints: Hints;
  language: 'pt-BR' | 'en';
}

/** What the service is asked: with a form when files go with it, as JSON when it has all tables already. */
export function toRequest({ tables, options, hints, language }: WantedAnalysis): InsightRequest | InsightFiles {
  const request = {
    language,
    tables: tables.map((table): InsightTable => {
      const said = { name: table.name, columns: [...(hints[table.name] ?? [])] };
      return 'file' in table ? { ...said, format: formatOf(table.file) } : { ...said, dataset_id: table.datasetId };
    }),
    ...given('question', options.question.trim()),
    ...given('context', options.context.trim()),
    period: {
      ...(options.grain === null ? {} : { grain: options.grain }),
      ...(options.compare === null ? {} : { compare: options.compare }),
      ...given('current', options.current.trim()),
    },
    options: {
      charts: options.charts,
      narrative: options.writer,
      sql: options.writer === 'llm' ? ('llm' as const) : ('builtin' as const),
      timeout_ms: longestMs[options.writer],
      ...(options.collections.length === 0 ? {} : { collections: [...options.collections] }),
    },
  };
  const files = tables.flatMap((table) => ('file' in table ? [{ table: table.name, file: table.file }] : []));
  return files.length === 0 ? request : { request, files };
}

/** The field, unless nothing was written into it. */
function given<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}
