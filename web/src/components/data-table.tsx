import type { ReactNode } from 'react';

export interface Column<Row> {
  name: string;
  title: string;
  render(row: Row): ReactNode;
  /** `number` keeps digits under each other, `actions` needs no title in sight. */
  kind?: 'text' | 'number' | 'actions';
}

export interface DataTableProps<Row> {
  /** What the table shows, for who does not see where it stands. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
}

/** Rows under titles; on a phone each row is a card that repeats the titles. The first column names the row. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table className="table">
      <caption className="hidden-label">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, title, kind = 'text' }) => (
            <th key={name} scope="col" className={kind}>
              {kind === 'actions' ? <span className="hidden-label">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, index) => (
              <Cell key={column.name} column={column} row={row} isName={index === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row, isName }: { column: Column<Row>; row: Row; isName: boolean }) {
  const { title, kind = 'text', render } = column;
  if (isName) {
    return (
      <th scope="row" className={kind}>
        {render(row)}
      </th>
    );
  }
  return (
    <td className={kind} data-title={title}>
      <div>{render(row)}</div>
    </td>
  );
}
