import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parser } from '../../../src/ports/parser.ts';
import { openChildParser } from '../../../src/services/parser/child-parser.ts';
import { makePdf, pdfLines } from '../../support/files/make-pdf.ts';

const signal = new AbortController().signal;
let parser: Parser;

beforeAll(() => {
  parser = openChildParser();
});
afterAll(() => parser[Symbol.asyncDispose]());

const read = (content: string | Uint8Array, mediaType: string) =>
  parser.parse({ bytes: Buffer.from(content), mediaType }, { signal });

/** Files that look like attacks and are read all the same. */
describe('a difficult file', () => {
  it('PDF of 2,000 pages', async () => {
    const pages = Array.from({ length: 2_000 }, (_, index) =>
      pdfLines(
        Array.from({ length: 20 }, (__, line) => `Regra ${index + 1}.${line + 1}: vale para todos os pedidos do ano.`),
      ),
    );
    const { text, pages: starts } = await read(makePdf(pages), 'application/pdf');
    expect(starts).toHaveLength(2_000);
    expect(starts.map(({ number }) => number)).toEqual(pages.map((_, index) => index + 1));
    expect(text.slice(starts[1_999]?.start)).toMatch(/^Regra 2000\.1: vale/);
  });

  it('PDF that claims a million pages and has one', async () => {
    const bytes = Buffer.from(
      makePdf([pdfLines(['Uma.'])])
        .toString('latin1')
        .replace('/Count 1 ', '/Count 1000000 '),
      'latin1',
    );
    expect((await read(bytes, 'application/pdf')).pages).toEqual([{ start: 0, number: 1 }]);
  });

  it('HTML of 20,000 levels', async () => {
    const html = `${'<div>'.repeat(20_000)}Prazo de 12 dias.${'</div>'.repeat(20_000)}`;
    expect((await read(html, 'text/html')).text).toBe('Prazo de 12 dias.');
  });

  it('HTML of tags that are never closed', async () => {
    expect((await read(`Prazo${'<b><i x="y" '.repeat(5_000)}`, 'text/html')).text).toMatch(/^Prazo/);
  });

  it('HTML of 100,000 cells in one row', async () => {
    const html = `<table><tr>${'<td>1</td>'.repeat(100_000)}</tr></table>`;
    expect((await read(html, 'text/html')).text).toMatch(/^1 \| 1 \|/);
  });

  it('JSON with numbers that a program would round, duplicate names and __proto__', async () => {
    const json = '{"n":1e400,"m":12345678901234567890,"v":1.10,"n":2,"__proto__":{"a":true},"s":"\\ud800x"}';
    expect((await read(json, 'application/json')).text).toBe(
      'n: 1e400\nm: 12345678901234567890\nv: 1.10\nn: 2\n__proto__.a: true\ns: \ufffdx',
    );
  });

  it('CSV of ragged rows, quoted line breaks and empty cells', async () => {
    const csv = 'Cidade,Prazo,Nota\n"São\nPaulo",5\nManaus,,"12 ""úteis"""\nRecife,3,ok,a mais\n\n';
    expect((await read(csv, 'text/csv')).text).toBe(
      'Cidade: São Paulo; Prazo: 5\nCidade: Manaus; Nota: 12 "úteis"\nCidade: Recife; Prazo: 3; Nota: ok; a mais',
    );
  });

  it('text of one line of 5 MiB', async () => {
    const line = 'prazo '.repeat(900_000);
    expect((await read(line, 'text/plain')).text).toBe(line.trim());
  });
});
