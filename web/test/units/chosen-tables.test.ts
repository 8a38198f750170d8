import { ProblemError } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { toRequest, usualOptions } from '../../src/pages/insights/new/analysis-request.ts';
import { keptAfter, withFiles, withKept, type ChosenTable } from '../../src/pages/insights/new/chosen-tables.ts';
import { findTableFault } from '../../src/pages/insights/new/table-fault.ts';
import { changeHint, hintsOf } from '../../src/pages/insights/report/corrections.ts';
import { sampleReport } from '../support/sample-report.ts';

const file = (name: string): File => new File(['a,b\n1,2\n'], name);
const namesOf = (tables: readonly ChosenTable[]): string[] => tables.map(({ name }) => name);
const kept: ChosenTable = { name: 'vendas', datasetId: 'dat_1' };

describe('chosen tables', () => {
  it.each([
    ['vendas.csv', 'vendas'],
    ['Vendas de 2025 (final).xlsx', 'Vendas_de_2025_final'],
    ['2025.csv', 't_2025'],
    ['ação.json', 'ação'],
    ['—.csv', 't_'],
    ['request.csv', 'request_2'],
    ['file.csv', 'file_2'],
  ])('%s is asked about as %s', (fileName, name) => {
    expect(namesOf(withFiles([], [file(fileName)]))).toEqual([name]);
  });

  it('each have a name of their own', () => {
    const tables = withFiles([kept], [file('vendas.csv'), file('VENDAS.json')]);
    expect(namesOf(tables)).toEqual(['vendas', 'vendas_2', 'VENDAS_3']);
  });

  it('hold a kept table once', () => {
    const [once, twice] = [withKept([], { id: 'dat_1', name: 'vendas' }), withKept([kept], { id: 'dat_1', name: 'x' })];
    expect([once, twice]).toEqual([[kept], [kept]]);
  });

  it('need not be sent again after a report', () => {
    const tables = withFiles([], [file('vendas.csv'), file('outra.csv')]);
    const [first, second] = keptAfter(tables, sampleReport());
    expect(first).toEqual({ name: 'vendas', datasetId: 'dat_played' });
    expect(second).toBe(tables[1]);
  });
});

describe('what is asked of tables', () => {
  const corrections = changeHint({}, { table: 'vendas', column: 'ano', change: { role: 'dimension' } });
  const wanted = { options: usualOptions, hints: hintsOf(corrections), language: 'pt-BR' } as const;

  it('goes as JSON when the service has all of them', () => {
    expect(toRequest({ ...wanted, tables: [kept] })).toMatchObject({
      language: 'pt-BR',
      tables: [{ name: 'vendas', dataset_id: 'dat_1', columns: [{ name: 'ano', role: 'dimension' }] }],
      options: { charts: 'svg', narrative: 'template', sql: 'builtin' },
    });
  });

  it('goes with the files, each in the format that its name says', () => {
    const tables = withFiles([kept], [file('dia.NDJSON'), file('sem-fim')]);
    const request = toRequest({ ...wanted, tables });
    expect(request).toMatchObject({
      request: { tables: [{ name: 'vendas' }, { name: 'dia', format: 'ndjson' }, { name: 'sem_fim' }] },
      files: [{ table: 'dia' }, { table: 'sem_fim' }],
    });
  });

  it('holds nothing that was not said', () => {
    const request = toRequest({ ...wanted, hints: {}, tables: [kept] });
    expect(request).not.toHaveProperty('question');
    expect(request).toMatchObject({ period: {}, tables: [{ columns: [] }] });
  });

  it('lets a later correction of a column keep what was said before', () => {
    const more = changeHint(corrections, { table: 'vendas', column: 'ano', change: { pii: false } });
    expect(hintsOf(more)).toEqual({ vendas: [{ name: 'ano', role: 'dimension', pii: false }] });
  });
});

describe('a table that cannot be read', () => {
  const problem = (detail: string, code = 'table_broken') =>
    new ProblemError(
      { type: 'x', title: 'x', status: 422, code, detail, request_id: 'r', retryable: false },
      { body: null, retryAfterSeconds: null },
    );
  const other: ChosenTable = { name: 'outra', datasetId: 'dat_2' };

  it('is the one that the service names', () => {
    const error = problem('Table "outra", row 3: The row has more cells than the header.');
    expect(findTableFault(error, [kept, other])).toEqual({ table: 'outra', error });
  });

  it('is the only one, when none is named', () => {
    expect(findTableFault(problem('The table is empty.'), [kept])?.table).toBe('vendas');
    expect(findTableFault(problem('The table is empty.'), [kept, other])).toBeNull();
  });

  it('is no matter of other errors', () => {
    expect(findTableFault(problem('Table "vendas"', 'overloaded'), [kept])).toBeNull();
  });
});
