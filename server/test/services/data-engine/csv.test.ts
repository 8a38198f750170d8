import { afterAll, describe, expect, it } from 'vitest';
import type { CsvForm } from '../../../src/models/table.ts';
import { closeDataEngine, openCsv, openTables, tableOf } from '../../support/data-session.ts';
import { once } from '../../support/once.ts';

afterAll(closeDataEngine);

interface CsvFile {
  text: string | Uint8Array;
  csv?: CsvForm | undefined;
}

/** Type, values and warnings of the column `v` of each file, read in one session. */
async function readAll(files: readonly CsvFile[]): Promise<unknown[]> {
  await using session = await openTables(
    files.map(({ text, csv = {} }, index) => tableOf(`t${index}`, { format: 'csv', content: text, csv })),
  );
  const read: unknown[] = [];
  for (const { name, columns: found, warnings } of session.tables) {
    const { rows } = await session.query(`SELECT v FROM ${name}`);
    const told = warnings.filter(({ column }) => column === 'v' || column === null);
    read.push({
      type: found[0]!.type,
      values: rows.map(([value]) => value),
      warnings: told.map(({ code, count }) => [code, count]),
    });
  }
  return read;
}

async function readOne(text: string | Uint8Array, csv?: CsvForm): Promise<unknown> {
  const [read] = await readAll([{ text, csv }]);
  return read;
}

function fileOf({ written, csv }: Column): CsvFile {
  const quoted = written.map((value) => `"${value.replaceAll('"', '""')}"`);
  return { text: `v;other\n${quoted.map((value) => `${value};x`).join('\n')}\n`, csv };
}

interface Column {
  what: string;
  written: readonly string[];
  csv?: CsvForm;
  type: string;
  read?: readonly unknown[];
  warnings?: readonly (readonly [string, number | null])[];
}

const columns: readonly Column[] = [
  { what: 'whole numbers', written: ['1', '-20', '+300'], type: 'BIGINT', read: ['1', '-20', '300'] },
  { what: 'decimal commas', written: ['1,5', '-0,25'], type: 'DECIMAL(18,2)', read: ['1.50', '-0.25'] },
  { what: 'thousands', written: ['1.234,56', '1.000.000,00'], type: 'DECIMAL(18,2)', read: ['1234.56', '1000000.00'] },
  { what: 'thousands without decimals', written: ['1.234', '12.000'], type: 'BIGINT', read: ['1234', '12000'] },
  { what: 'decimal points', written: ['12.5', '3.25'], type: 'DECIMAL(18,2)', read: ['12.50', '3.25'] },
  { what: 'English thousands', written: ['1,234.56', '2.00'], type: 'DECIMAL(18,2)', read: ['1234.56', '2.00'] },
  {
    what: 'currency',
    written: ['R$ 1.234,56', 'R$ -10,00', '-R$ 5,10'],
    type: 'DECIMAL(18,2)',
    read: ['1234.56', '-10.00', '-5.10'],
  },
  { what: 'percentages', written: ['12,5%', '-3 %'], type: 'DECIMAL(18,1)', read: ['12.5', '-3.0'] },
  {
    what: 'said decimals',
    written: ['1.234', '2.500'],
    csv: { decimal: '.' },
    type: 'DECIMAL(18,3)',
    read: ['1.234', '2.500'],
  },
  {
    what: 'said thousands',
    written: ['1 234,5', '2 000 000,0'],
    csv: { decimal: ',', thousands: ' ' },
    type: 'DECIMAL(18,1)',
    read: ['1234.5', '2000000.0'],
  },
  {
    what: 'many digits',
    written: ['12345678901234567.89', '0.1'],
    type: 'DECIMAL(38,2)',
    read: ['12345678901234567.89', '0.10'],
  },
  {
    what: 'more digits than decimals have',
    written: ['0.12345678901234567890123456789012', '1.5'],
    type: 'DOUBLE',
    read: [0.12345678901234568, 1.5],
    warnings: [['inexact_numbers', null]],
  },
  {
    what: 'exponents',
    written: ['1e3', '2.5e-3'],
    type: 'DOUBLE',
    read: [1000, 0.0025],
    warnings: [['inexact_numbers', null]],
  },
  {
    what: 'large whole numbers',
    written: ['9223372036854775807', '1'],
    type: 'DECIMAL(38,0)',
    read: ['9223372036854775807', '1'],
  },
  { what: 'keys of 44 digits', written: ['35240312345678000195550010000000011000000015'], type: 'VARCHAR' },
  { what: 'leading zeros', written: ['01310', '30140'], type: 'VARCHAR' },
  { what: 'CPF with zeros', written: ['01234567890', '12345678909'], type: 'VARCHAR' },
  {
    what: 'CPF as numbers',
    written: ['52998224725', '12345678909'],
    type: 'BIGINT',
    warnings: [['id_like_number', 2]],
  },
  { what: 'CNPJ as numbers', written: ['11222333000181'], type: 'BIGINT', warnings: [['id_like_number', 1]] },
  { what: 'days first', written: ['31/12/2024', '01/02/2025'], type: 'DATE', read: ['2024-12-31', '2025-02-01'] },
  {
    what: 'months first, when only that can be',
    written: ['12/31/2024', '01/02/2025'],
    type: 'DATE',
    read: ['2024-12-31', '2025-01-02'],
  },
  { what: 'short years', written: ['31/12/24', '01/02/99'], type: 'DATE', read: ['2024-12-31', '1999-02-01'] },
  { what: 'said dates', written: ['02.01.2024'], csv: { date: '%m.%d.%Y' }, type: 'DATE', read: ['2024-02-01'] },
  { what: 'ISO dates', written: ['2024-12-31'], type: 'DATE', read: ['2024-12-31'] },
  { what: 'months', written: ['2024-12', '2025-01'], type: 'DATE', read: ['2024-12-01', '2025-01-01'] },
  {
    what: 'written months',
    written: ['jan/2025', 'FEV/2025', 'março de 2025', 'May 2025', 'Dezembro/2024', 'sept. 2024'],
    type: 'DATE',
    read: ['2025-01-01', '2025-02-01', '2025-03-01', '2025-05-01', '2024-12-01', '2024-09-01'],
  },
  {
    what: 'written months of short years',
    written: ['jan/25', 'Fev-25', "ago '99", 'set./68'],
    type: 'DATE',
    read: ['2025-01-01', '2025-02-01', '1999-08-01', '2068-09-01'],
  },
  {
    what: 'written days',
    written: ['5 de março de 2025', '1º de abril de 2025', '05-MAI-2025', '31 dez. 2024'],
    type: 'DATE',
    read: ['2025-03-05', '2025-04-01', '2025-05-05', '2024-12-31'],
  },
  {
    what: 'written days in English',
    written: ['March 5, 2025', 'Apr 1st 2025', 'Dec. 31, 2024'],
    type: 'DATE',
    read: ['2025-03-05', '2025-04-01', '2024-12-31'],
  },
  { what: 'written days that there are not', written: ['31 de abril de 2025', '1 de abril de 2025'], type: 'VARCHAR' },
  { what: 'months without a year', written: ['janeiro', 'fevereiro'], type: 'VARCHAR' },
  { what: 'days that there are not', written: ['31/02/2024', '01/02/2024'], type: 'VARCHAR' },
  {
    what: 'times',
    written: ['31/12/2024 23:59:01', '01/02/2025 08:00'],
    type: 'TIMESTAMP',
    read: ['2024-12-31 23:59:01', '2025-02-01 08:00:00'],
  },
  {
    what: 'times with zones',
    written: ['2024-12-31T22:00:00-03:00', '2025-01-01T00:00:00Z'],
    type: 'TIMESTAMP',
    read: ['2025-01-01 01:00:00', '2025-01-01 00:00:00'],
  },
  { what: 'truth values', written: ['true', 'FALSE'], type: 'BOOLEAN', read: [true, false] },
  {
    what: 'texts',
    written: [' Sul ', 'O\'Higgins "x"\nnova linha'],
    type: 'VARCHAR',
    read: ['Sul', 'O\'Higgins "x"\nnova linha'],
  },
  {
    what: 'numbers and texts',
    written: ['1', '2', '3', 'x'],
    type: 'VARCHAR',
    read: ['1', '2', '3', 'x'],
    warnings: [['mixed_types', 1]],
  },
  {
    what: 'numbers that are none',
    written: ['1', 'NaN', '-Infinity', '2'],
    type: 'BIGINT',
    read: ['1', null, null, '2'],
    warnings: [['non_finite', 2]],
  },
  { what: 'words for nothing', written: ['1', 'N/D', '-', ''], type: 'BIGINT', read: ['1', null, null, null] },
  {
    what: 'formulas',
    written: ['=HYPERLINK("http://x")', '@SUM(A1)', 'texto'],
    type: 'VARCHAR',
    warnings: [['formula_text', 2]],
  },
  { what: 'nothing', written: ['', ''], type: 'VARCHAR', read: [null, null] },
];

/** As many as a request may have: processes for each case would take longer than the cases. */
const tablesAtOnce = 8;

describe('columns of a CSV file', () => {
  for (let first = 0; first < columns.length; first += tablesAtOnce) {
    const cases = columns.slice(first, first + tablesAtOnce);
    const files = once(() => readAll(cases.map(fileOf)));
    for (const [index, { what, written, type, read = written, warnings = [] }] of cases.entries()) {
      it(`reads ${what} as ${type}`, async () => {
        expect((await files.get())[index]).toEqual({ type, values: read, warnings });
      });
    }
  }

  it('reads a type that only the last of many rows does not have as text', async () => {
    const rows = [...Array.from({ length: 5_000 }, (_, index) => String(index + 1)), 'fim'];
    expect(await readOne(`v\n${rows.join('\n')}\n`)).toMatchObject({ type: 'VARCHAR', warnings: [['mixed_types', 1]] });
  });
});

describe('CSV files', () => {
  const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

  it('in Latin-1 are read with a warning, and without one when that was said', async () => {
    const read = { type: 'VARCHAR', values: ['São Paulo', 'Ceará'] };
    const bytes = latin1('v;x\nSão Paulo;1\nCeará;2\n');
    expect(await readOne(bytes)).toEqual({ ...read, warnings: [['latin_1', null]] });
    expect(await readOne(bytes, { encoding: 'latin-1' })).toEqual({ ...read, warnings: [] });
    await expect(readOne(bytes, { encoding: 'utf-8' })).rejects.toMatchObject({ code: 'table_broken' });
  });

  for (const [what, text] of Object.entries({
    'a byte order mark': '\uFEFFv,x\nção,1\n',
    'line ends of Windows': 'v,x\r\nção,1\r\n',
    'no last line end': 'v,x\nção,1',
    'empty lines': '\n\nv,x\nção,1\n\n',
    'a declared separator': 'sep=|\nv|x\nção|1\n',
    tabs: 'v\tx\nção\t1\n',
  })) {
    it(`with ${what} are read`, async () => {
      expect(await readOne(text)).toMatchObject({ values: ['ção'], warnings: [] });
    });
  }

  it('in UTF-16 are read', async () => {
    expect(await readOne(Buffer.from('\uFEFFv\tx\r\nção\t1\r\n', 'utf16le'))).toMatchObject({ values: ['ção'] });
  });

  it('without rows are read', async () => {
    expect(await readOne('v;x\n')).toEqual({ type: 'VARCHAR', values: [], warnings: [] });
  });

  it('give names that SQL can tell apart', async () => {
    await using session = await openCsv('t', 'Valor; valor ;;a\u0000b\n1;2;3;4\n'.replace('\u0000', '\u0007'));
    expect(session.tables[0]!.columns.map(({ name }) => name)).toEqual(['Valor', 'valor_2', 'column_3', 'a b']);
    expect(session.tables[0]!.warnings).toEqual(
      ['valor_2', 'column_3', 'a b'].map((column) => ({ code: 'renamed_column', table: 't', column, count: null })),
    );
  });

  for (const { what, text, code, detail } of [
    { what: 'nothing', text: '', code: 'table_broken', detail: /empty/ },
    {
      what: 'a row that is too short',
      text: 'a;b;c\n1;2;3\n4;5\n',
      code: 'table_broken',
      detail: /, row 3, column "c": .*fewer cells/,
    },
    {
      what: 'a row that is too long',
      text: 'a;b\n"x\ny";2\n3;4;5\n',
      code: 'table_broken',
      detail: /, row 3.*more cells/,
    },
    {
      what: 'a quote that is not closed',
      text: 'a;b\n1;2\n"x;3\n',
      code: 'table_broken',
      detail: /, row 3.*not closed/,
    },
    {
      what: 'a quote in the header that is not closed',
      text: 'a;"b\n1;2\n',
      code: 'table_broken',
      detail: /, row 1.*not closed/,
    },
    { what: 'binary data', text: 'a;b\n1;\u0000\n', code: 'table_broken', detail: /binary/ },
    {
      what: '10,000 columns',
      text: `${'a;'.repeat(9_999)}a\n`,
      code: 'table_too_large',
      detail: /more than 1000 columns/,
    },
    {
      what: 'a row of more than 1 MiB',
      text: `a;b\n1;${'x'.repeat(1024 * 1024)}\n`,
      code: 'table_too_large',
      detail: /1 MiB/,
    },
  ]) {
    it(`with ${what} are refused`, async () => {
      await expect(openCsv('t', text)).rejects.toMatchObject({ code, detail: expect.stringMatching(detail) });
    });
  }
});
