import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import type { Parser } from '../../../src/ports/parser.ts';
import { openChildParser } from '../../../src/services/parser/child-parser.ts';
import { docxParagraph, makeDocx, makeXlsx } from '../../support/files/make-office.ts';
import { makePdf, pdfLines } from '../../support/files/make-pdf.ts';
import { docxType, hostileFiles, slowPdf, xlsxType } from './hostile-files.ts';

const signal = new AbortController().signal;
const bomb = { bytes: slowPdf(), mediaType: 'application/pdf' };
let parser: Parser;

beforeAll(() => {
  parser = openChildParser({ processes: 1, cpuSeconds: 2, memoryMegabytes: 512 });
});
afterAll(() => parser[Symbol.asyncDispose]());

async function codeOf(bytes: Uint8Array, mediaType: string): Promise<string> {
  try {
    await parser.parse({ bytes, mediaType }, { signal });
    return 'read';
  } catch (error) {
    return error instanceof AppError ? error.code : `thrown: ${String(error)}`;
  }
}

// Only processor time is limited, and a busy machine gives little of it.
describe('a hostile file', () => {
  it.each(hostileFiles)('$mediaType: $name is $code', async ({ bytes, mediaType, code }) => {
    expect(await codeOf(bytes(), mediaType)).toBe(code);
    // One process: the next file gets the same one, or a new one.
    expect(await codeOf(Buffer.from('ainda vivo'), 'text/plain')).toBe('read');
  });

  const cutFiles: readonly [string, Buffer][] = [
    ['application/pdf', makePdf([pdfLines(['Prazo de 12 dias.']), pdfLines(['Fim.'])])],
    [docxType, makeDocx(docxParagraph({ text: 'Prazo de 12 dias.' }))],
    [xlsxType, makeXlsx({ Entregas: [['Cidade', 'Prazo']] })],
  ];

  it.each(cutFiles)('%s: cut anywhere, is read in part or refused as broken or empty', async (mediaType, whole) => {
    const outcomes = new Set<string>();
    for (let percent = 0; percent < 100; percent += 10) {
      outcomes.add(await codeOf(whole.subarray(0, Math.floor((whole.length * percent) / 100)), mediaType));
    }
    expect([...outcomes].filter((code) => !['read', 'document_broken', 'document_empty'].includes(code))).toEqual([]);
    expect(outcomes).toContain('document_broken');
    expect(await codeOf(whole, mediaType)).toBe('read');
  });

  it.each(cutFiles)(
    '%s: with any byte changed, is read or refused with a code of documents',
    async (mediaType, whole) => {
      for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 20)) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ 0xff;
        expect(await codeOf(changed, mediaType)).toMatch(/^(?:read|document_\w+)$/);
      }
    },
  );

  it('does not keep other files waiting until the kernel ends it', async () => {
    await using two = openChildParser({ processes: 2, cpuSeconds: 3 });
    let isBurning = true;
    const burning = two.parse(bomb, { signal }).finally(() => {
      isBurning = false;
    });
    const others: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      others.push((await two.parse({ bytes: Buffer.from('rápido'), mediaType: 'text/plain' }, { signal })).text);
    }
    expect(isBurning).toBe(true);
    expect(others).toEqual(Array.from({ length: 20 }, () => 'rápido'));
    await expect(burning).rejects.toMatchObject({ code: 'document_too_expensive' });
  });

  it('is ended at its deadline, however little it works', async () => {
    await using hasty = openChildParser({ deadlineSeconds: 0.5 });
    await expect(hasty.parse(bomb, { signal })).rejects.toMatchObject({ code: 'document_too_expensive' });
  });
});
