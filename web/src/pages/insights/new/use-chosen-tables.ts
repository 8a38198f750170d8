import type { InsightReport } from '@billumy/protocol';
import { useCallback, useState } from 'react';
import { useToast } from '../../../components/toast.tsx';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import { keptAfter, mostTables, withFiles, withKept, type ChosenTable } from './chosen-tables.ts';

export interface ChosenTables {
  tables: readonly ChosenTable[];
  /** The same between renders, while the tables are. */
  addFiles(files: readonly File[]): void;
  addKept(dataset: { id: string; name: string }): void;
  remove(name: string): void;
  /** What was sent with a request that has its report is not sent again. */
  keep(report: InsightReport): void;
}

/** The tables that will be asked about; who chooses too many is told so. */
export function useChosenTables(given: readonly ChosenTable[]): ChosenTables {
  const { tooMany } = useTexts(insightTexts).tables;
  const { show } = useToast();
  const [tables, setTables] = useState(given);
  const choose = useCallback(
    (chosen: readonly ChosenTable[]): void => {
      if (chosen.length > mostTables) show(tooMany);
      setTables(chosen.slice(0, mostTables));
    },
    [show, tooMany],
  );
  return {
    tables,
    addFiles: useCallback((files) => choose(withFiles(tables, files)), [choose, tables]),
    addKept: (dataset) => choose(withKept(tables, dataset)),
    remove: (name) => setTables(tables.filter((table) => table.name !== name)),
    keep: (report) => setTables(keptAfter(tables, report)),
  };
}
