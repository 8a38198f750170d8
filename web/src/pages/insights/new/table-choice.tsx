import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { useDrop } from '../../../browser/use-drop.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field } from '../../../components/field.tsx';
import { Icon } from '../../../components/icon.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { formatBytes, formatTime } from '../../../texts/formats.ts';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import { datasetsQuery } from '../insight-queries.ts';
import type { ChosenTable } from './chosen-tables.ts';
import type { TableFault } from './table-fault.ts';

export interface TableChoiceProps {
  tables: readonly ChosenTable[];
  /** Must not change between renders. */
  onFiles(files: readonly File[]): void;
  onKept(dataset: { id: string; name: string }): void;
  onRemove(name: string): void;
  /** What is wrong with one of them. */
  fault: TableFault | null;
}

const accepted = '.csv,.tsv,.xlsx,.json,.ndjson,.jsonl,.parquet';

/** Where tables are dropped, chosen, or taken from those that were uploaded before. */
export function TableChoice({ tables, onFiles, onKept, onRemove, fault }: TableChoiceProps) {
  const texts = useTexts(insightTexts).tables;
  const area = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const drop = useCallback((transfer: DataTransfer) => onFiles([...transfer.files]), [onFiles]);
  const isOver = useDrop(area, drop);
  return (
    <section ref={area} className={`panel table-choice ${isOver ? 'over' : ''}`} aria-label={texts.title}>
      <div className="table-drop">
        <Icon name="upload" />
        <div>
          <p>{texts.drop}</p>
          <p className="quiet">{texts.formats}</p>
        </div>
        <Button variant={tables.length === 0 ? 'primary' : 'secondary'} onClick={() => input.current?.click()}>
          {texts.choose}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={accepted}
          aria-label={texts.choose}
          onChange={({ currentTarget }) => {
            onFiles([...(currentTarget.files ?? [])]);
            // The same file, corrected, may be chosen again.
            currentTarget.value = '';
          }}
        />
      </div>
      <KeptChoice onKept={onKept} />
      {tables.length > 0 && (
        <ul className="chosen-tables">
          {tables.map((table) => (
            <Chosen key={table.name} table={table} fault={fault} onRemove={() => onRemove(table.name)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function KeptChoice({ onKept }: Pick<TableChoiceProps, 'onKept'>) {
  const texts = useTexts(insightTexts).tables;
  const locale = localeOf[useLanguage().language];
  const { data } = useInfiniteQuery(datasetsQuery(useConnection()));
  const datasets = data?.pages.flatMap(({ items }) => items) ?? [];
  if (datasets.length === 0) return null;
  return (
    <Field label={texts.kept}>
      {(control) => (
        <select
          {...control}
          value=""
          onChange={({ target }) => {
            const dataset = datasets.find(({ id }) => id === target.value);
            if (dataset !== undefined) onKept(dataset);
          }}
        >
          <option value="">{texts.keptNone}</option>
          {datasets.map(({ id, name, created_at: created }) => (
            <option key={id} value={id}>
              {`${name} · ${formatTime(created, locale)}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface ChosenProps extends Pick<TableChoiceProps, 'fault'> {
  table: ChosenTable;
  onRemove(): void;
}

function Chosen({ table, fault, onRemove }: ChosenProps) {
  const texts = useTexts(insightTexts).tables;
  const locale = localeOf[useLanguage().language];
  return (
    <li>
      <Icon name="documents" />
      <span className="chosen-name">
        <span className="code">{table.name}</span>
        <span className="quiet">
          {'file' in table
            ? `${texts.file} ${table.file.name} · ${formatBytes(table.file.size, locale)}`
            : texts.alreadyKept}
        </span>
      </span>
      <IconButton icon="close" label={texts.remove(table.name)} onClick={onRemove} />
      {fault?.table === table.name && <ErrorNotice error={fault.error} />}
    </li>
  );
}
