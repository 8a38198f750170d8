import { afterAll, describe, expect, it } from 'vitest';
import { closeDataEngine, openCsv, openTables, tableOf } from '../../support/data-session.ts';

afterAll(closeDataEngine);

describe('CSV files that are broken', () => {
  for (const { what, text, detail } of [
    {
      what: 'a quote that opens behind a semicolon',
      text: 'a;b\n1;"x\n2;y\n',
      detail: /, row 2, column "b": .*not closed/,
    },
    {
      what: 'a quote that opens behind a tab',
      text: 'a\tb\n1\t2\n3\t"x\n4\ty\n',
      detail: /, row 3, column "b": .*not closed/,
    },
    { what: 'a quote that opens in the first column', text: 'a;b\n1;2\n"x;3\n4;5\n', detail: /, row 3, column "a": / },
    { what: 'a quote that opens in the header', text: 'a;"b\n1;2\n', detail: /, row 1, column 2: .*not closed/ },
    { what: 'a header that swallows the rows', text: '"a,b\n1,2\n3,4"\n5\n6\n', detail: /, row 1, column 1: .*line/ },
    { what: 'a header cell that swallows rows', text: 'a,"b\n1,2\n3,4"\n5,6\n', detail: /, row 1, column 2: .*line/ },
    {
      what: 'a quoted cell that text follows',
      text: 'a,b\n1,2\n"x"y,3\n',
      detail: /, row 3, column "a": .*followed by text/,
    },
    { what: 'a cell too few', text: 'a;b;c\n1;2;3\n4;5\n', detail: /, row 3, column "c": .*fewer cells/ },
    { what: 'a cell too many', text: 'a;b\n1;2\n3;4;5\n', detail: /, row 3, column 3: .*more cells/ },
    {
      what: 'a cell too few, under a header without a name',
      text: 'a;\n1;2\n3\n',
      detail: /, row 3, column "column_2": /,
    },
    { what: 'a NUL byte', text: 'a;b\n1;2\n3;\u0000\n', detail: /, line 3: .*binary/ },
    { what: 'a stray line end', text: 'a,b\n1,2\n3\r,4\n', detail: /, row 3, column "b": .*fewer cells/ },
  ]) {
    it(`by ${what} are refused with the place`, async () => {
      await expect(openCsv('t', text)).rejects.toMatchObject({
        code: 'table_broken',
        detail: expect.stringMatching(detail),
      });
    });
  }
});

describe('files that are no table', () => {
  for (const [what, text] of Object.entries({
    PDF: '%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n',
    HTML: '\n<!DOCTYPE html>\n<html><body><p>Olá</p></body></html>\n',
    'HTML or XML': '\uFEFF<table>\n<tr><td>1</td></tr>\n</table>\n',
    XML: '<?xml version="1.0"?>\n<rows>\n</rows>\n',
    ZIP: 'PK\u0003\u0004 abc\n',
    RTF: '{\\rtf1 abc}\nx\n',
    JSON: '[{"a": 1},\n{"a": 2}]\n',
  })) {
    it(`are refused with what they are: ${what}`, async () => {
      await expect(openCsv('t', text)).rejects.toMatchObject({
        code: 'table_broken',
        detail: expect.stringContaining(what),
      });
    });
  }
});

describe('CSV files with line ends of more than one kind', () => {
  const read = async (text: string, encoding?: 'latin-1'): Promise<unknown> => {
    const content = encoding === undefined ? text : Buffer.from(text, 'latin1');
    await using session = await openTables([tableOf('t', { format: 'csv', content, csv: {} })]);
    return (await session.query('SELECT a, b FROM t ORDER BY a')).rows;
  };

  for (const [what, text] of Object.entries({
    'LF after CRLF': 'a,b\r\n1,x\r\n2,y\n3,z\r\n',
    'CRLF after LF': 'a,b\n1,x\r\n2,y\n3,z\r\n',
    'CR after CRLF': 'a,b\r\n1,x\r2,y\r\n3,z',
    'all of them': 'a,b\n1,x\r\n2,y\r3,z\n',
    'CR alone': 'a,b\r1,x\r2,y\r3,z\r',
  })) {
    it(`are read: ${what}`, async () => {
      expect(await read(text)).toEqual([
        ['1', 'x'],
        ['2', 'y'],
        ['3', 'z'],
      ]);
    });
  }

  it('are read in Latin-1 too', async () => {
    expect(await read('a,b\r\n1,ção\n2,é\r\n', 'latin-1')).toEqual([
      ['1', 'ção'],
      ['2', 'é'],
    ]);
  });

  it('are read where they are far apart', async () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => `${index + 10},abcdef`);
    const text = `a,b\r\n${rows.join('\r\n')}\r\n1,x\n`;
    expect(await read(text)).toEqual(expect.arrayContaining([['1', 'x']]));
  });
});

describe('a cell that may have swallowed rows', () => {
  const warningsOf = async (text: string): Promise<unknown> => {
    await using session = await openCsv('t', text);
    return session.tables[0]!.warnings.filter(({ code }) => code === 'rows_in_cell');
  };

  it('is told of, with its column', async () => {
    expect(await warningsOf('a,b\n1,"x\n2,y\n3,z"\n4,"w"\n')).toEqual([
      { code: 'rows_in_cell', table: 't', column: 'b', count: 1 },
    ]);
  });

  it('is not seen in texts of several lines that read like no row', async () => {
    expect(await warningsOf('a,b,c\n1,"Rua A, 5\nCentro",2\n3,"x\r\ny",4\n')).toEqual([]);
    expect(await warningsOf('a\n"x\ny"\n"z"\n')).toEqual([]);
  });
});
