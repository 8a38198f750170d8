import { expect } from 'vitest';
import type { ParsedDocument } from '../../src/models/document.ts';
import type { SupportedMediaType } from '../../src/models/media-type.ts';
import type { Parser } from '../../src/ports/parser.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { docxParagraph, docxTable, makeDocx, makeXlsx } from '../support/files/make-office.ts';
import { makePdf, makeRawPdf, pdfLines } from '../support/files/make-pdf.ts';

export interface ParserHarness {
  open(): Promise<Parser> | Parser;
  deviations?: readonly Deviation[];
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Sample {
  mediaType: SupportedMediaType;
  bytes: Uint8Array;
  title: string | null;
  text: string;
  sections: readonly (readonly string[])[];
}

/** One small file of each format, and what is read out of it. */
const samples: readonly Sample[] = [
  {
    mediaType: 'text/plain',
    bytes: Buffer.from('Prazo:\r\n12 dias.\n'),
    title: null,
    text: 'Prazo:\n12 dias.',
    sections: [],
  },
  {
    mediaType: 'text/markdown',
    bytes: Buffer.from('# Entregas\n\n## Manaus\n\n12 **dias**.'),
    title: 'Entregas',
    text: '# Entregas\n\n## Manaus\n\n12 **dias**.',
    sections: [['Entregas'], ['Entregas', 'Manaus']],
  },
  {
    mediaType: 'text/html',
    bytes: Buffer.from('<title>Prazos</title><script>x</script><h1>Entregas</h1><p>Manaus:&nbsp;<b>12</b> dias'),
    title: 'Prazos',
    text: 'Entregas\n\nManaus: 12 dias',
    sections: [['Entregas']],
  },
  {
    mediaType: 'text/csv',
    bytes: Buffer.from('Cidade;Prazo\nManaus;12\nRecife;5\n'),
    title: null,
    text: 'Cidade: Manaus; Prazo: 12\nCidade: Recife; Prazo: 5',
    sections: [],
  },
  {
    mediaType: 'application/json',
    bytes: Buffer.from('{"título":"Prazos","cidades":[{"nome":"Manaus","dias":12}]}'),
    title: 'Prazos',
    text: 'título: Prazos\nnome: Manaus; dias: 12',
    sections: [['cidades']],
  },
  {
    mediaType: 'application/pdf',
    bytes: makePdf([pdfLines(['Prazo de 12 dias.']), pdfLines(['Outra.'])], { title: 'Prazos' }),
    title: 'Prazos',
    text: 'Prazo de 12 dias.\n\nOutra.',
    sections: [],
  },
  {
    mediaType: docx,
    bytes: makeDocx(
      docxParagraph({ text: 'Entregas', style: 'Heading1' }) +
        docxParagraph({ text: 'Prazos & taxas' }) +
        docxTable([
          ['Cidade', 'Prazo'],
          ['Manaus', '12 dias'],
        ]),
    ),
    title: 'Entregas',
    text: 'Entregas\n\nPrazos & taxas\n\nCidade: Manaus; Prazo: 12 dias',
    sections: [['Entregas']],
  },
  {
    mediaType: xlsx,
    bytes: makeXlsx({
      Entregas: [
        ['Cidade', 'Prazo', 'Desde'],
        ['Manaus', 12.5, new Date(Date.UTC(2026, 2, 31))],
      ],
    }),
    title: null,
    text: 'Entregas\n\nCidade: Manaus; Prazo: 12.5; Desde: 2026-03-31',
    sections: [['Entregas']],
  },
];

const never = new AbortController().signal;
const plain = (text: string) => ({ bytes: Buffer.from(text), mediaType: 'text/plain' });

/** A file whose reading takes seconds: one page whose drawing unpacks to 16 MiB. */
const slowFile = {
  bytes: makeRawPdf([Buffer.alloc(16 * 1024 * 1024, 'BT (a) Tj ET ')]),
  mediaType: 'application/pdf',
};

export const parserContract = defineContract<ParserHarness>('parser', (contract, { open }) => {
  for (const { mediaType, bytes, ...expected } of samples) {
    contract(`reads ${mediaType}`, async () => {
      await using parser = await open();
      const document = await parser.parse({ bytes, mediaType }, { signal: never });
      expect(withoutPositions(document)).toEqual(expected);
      expectPositionsInOrder(document);
    });
  }

  contract('knows where each page of a PDF begins', async () => {
    await using parser = await open();
    const bytes = makePdf([pdfLines(['Primeira.']), [], pdfLines(['Terceira.'])]);
    const { text, pages } = await parser.parse({ bytes, mediaType: 'application/pdf' }, { signal: never });
    expect(pages.map(({ number, start }) => [number, text.slice(start)])).toEqual([
      [1, 'Primeira.\n\nTerceira.'],
      [2, 'Terceira.'],
      [3, 'Terceira.'],
    ]);
  });

  contract('refuses a type it does not read, an empty file and a damaged one', async () => {
    await using parser = await open();
    const codeOf = async (bytes: string, mediaType: string): Promise<unknown> =>
      parser.parse({ bytes: Buffer.from(bytes, 'latin1'), mediaType }, { signal: never }).then(
        () => 'read',
        (error: { code: unknown }) => error.code,
      );
    expect(await codeOf('GIF89a', 'image/gif')).toBe('unsupported_document');
    expect(await codeOf('', 'text/plain')).toBe('document_empty');
    expect(await codeOf(' \n\t', 'text/plain')).toBe('document_empty');
    expect(await codeOf('%PDF-1.7 and nothing else', 'application/pdf')).toBe('document_broken');
  });

  contract('reads many files at once, each into its own text', async () => {
    await using parser = await open();
    const texts = Array.from({ length: 50 }, (_, index) => `Documento ${index}.${'x'.repeat(index * 20_000)}`);
    const documents = await Promise.all(texts.map((text) => parser.parse(plain(text), { signal: never })));
    expect(documents.map((document) => document.text)).toEqual(texts);
  });

  contract('stops when the signal is aborted, and reads the next file', async () => {
    await using parser = await open();
    const reason = new Error('the client left');
    const controller = new AbortController();
    const reading = parser.parse(slowFile, { signal: controller.signal });
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await expect(parser.parse(slowFile, { signal: controller.signal })).rejects.toBe(reason);
    expect((await parser.parse(plain('ainda vivo'), { signal: never })).text).toBe('ainda vivo');
  });

  contract('gives up files that wait when their signal is aborted, and loses nobody else', async () => {
    await using parser = await open();
    const controller = new AbortController();
    const aborted = Array.from({ length: 8 }, () => parser.parse(slowFile, { signal: controller.signal }));
    const waiting = Array.from({ length: 8 }, (_, index) => parser.parse(plain(`d${index}`), { signal: never }));
    controller.abort();
    expect((await Promise.allSettled(aborted)).every(({ status }) => status === 'rejected')).toBe(true);
    expect((await Promise.all(waiting)).map(({ text }) => text)).toEqual(waiting.map((_, index) => `d${index}`));
  });

  contract('rejects what is being read when it closes, may be closed twice, and reads nothing afterwards', async () => {
    const parser = await open();
    const reading = parser.parse(slowFile, { signal: never });
    const [refused] = await Promise.allSettled([reading, parser[Symbol.asyncDispose]()]);
    await parser[Symbol.asyncDispose]();
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'shutting_down' } });
    await expect(parser.parse(plain('tarde'), { signal: never })).rejects.toMatchObject({ code: 'shutting_down' });
  });
});

function withoutPositions({ title, text, sections }: ParsedDocument): Omit<Sample, 'mediaType' | 'bytes'> {
  return { title, text, sections: sections.map(({ path }) => path) };
}

function expectPositionsInOrder({ text, sections, pages }: ParsedDocument): void {
  for (const starts of [sections.map(({ start }) => start), pages.map(({ start }) => start)]) {
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts.every((start) => start >= 0 && start <= text.length)).toBe(true);
  }
  for (const { start, path } of sections)
    expect(text.slice(start)).toContain(path.at(-1) === 'cidades' ? 'nome' : path.at(-1));
}
