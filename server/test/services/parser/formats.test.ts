import { describe, expect, it } from 'vitest';
import type { ParsedDocument } from '../../../src/models/document.ts';
import { readFile } from '../../../src/services/parser/formats/read-file.ts';
import { docxParagraph, docxTable, makeDocx, makeXlsx } from '../../support/files/make-office.ts';
import { makePdf, pdfLines } from '../../support/files/make-pdf.ts';
import { docxType, xlsxType } from './hostile-files.ts';

const read = (content: string | Uint8Array, mediaType: string): Promise<ParsedDocument> =>
  readFile(new Uint8Array(Buffer.from(content)), mediaType);

/** The sections with the first line of each. */
const outline = ({ text, sections }: ParsedDocument): [string, string][] =>
  sections.map(({ start, path }) => [path.join(' > '), text.slice(start).split('\n')[0] ?? '']);

describe('Markdown', () => {
  it('finds both kinds of headings, and none inside code', async () => {
    const document = await read(
      'Manual\n===\nTexto.\n\n## Prazo *de* `entrega` ##\n```sh\n# comentário\n```\n### [Norte](http://a)\n- a\n---\nÚltimo\n---\nfim',
      'text/markdown',
    );
    expect(outline(document)).toEqual([
      ['Manual', 'Manual'],
      ['Manual > Prazo de entrega', '## Prazo *de* `entrega` ##'],
      ['Manual > Prazo de entrega > Norte', '### [Norte](http://a)'],
      ['Manual > Último', 'Último'],
    ]);
    expect(document.title).toBe('Manual');
  });

  it('takes the title of the front matter, and comments out of the text but not out of code', async () => {
    const document = await read(
      '---\ntitle: "Entregas"\n---\n# Um\nantes <!-- ignore\ntudo --> depois\n\n```\n<!-- código -->\n```',
      'text/markdown',
    );
    expect(document.title).toBe('Entregas');
    expect(document.text).toBe('---\ntitle: "Entregas"\n---\n# Um\nantes \n depois\n\n```\n<!-- código -->\n```');
    expect(outline(document)).toEqual([['Um', '# Um']]);
  });
});

describe('HTML', () => {
  it('shows what a reader sees', async () => {
    const html = `<!doctype html><html><head><title>Prazos &amp; taxas</title><style>p{}</style></head><body>
      <nav>Início</nav><script>x()</script><!-- nota --><template>t</template>
      <h1>Entregas</h1><p>Para <b>Manaus</b>,
         <a href="/x">12&nbsp;dias</a>.<br>Sem taxa.<span hidden>oculto</span></p>
      <div>Solto <p style="color:red;display: none">nada</p><p aria-hidden="true">nada</p></div>
      <ul><li>um<li><p>dois</p><ul><li>três</ul></ul><ol><li>quatro</ol>
      <pre>a\n  b</pre><footer>Fone 1234</footer></body></html>`;
    const document = await read(html, 'text/html');
    expect(document.title).toBe('Prazos & taxas');
    expect(document.text).toBe(
      'Entregas\n\nPara Manaus, 12 dias.\nSem taxa.\n\nSolto\n\n- um\n- dois\n  - três\n\n- quatro\n\na\n  b\n\nFone 1234',
    );
  });

  it('writes rows of tables so that each can be quoted alone, and reads layout as text', async () => {
    const table = async (content: string): Promise<string> =>
      (await read(`<table>${content}</table>`, 'text/html')).text;
    expect(await table('<tr><th>Cidade<th>Prazo<tr><td>Manaus<td>12 dias')).toBe('Cidade: Manaus; Prazo: 12 dias');
    expect(await table('<caption>Prazos<tr><th>Manaus<td>12 dias<tr><th>Recife<td>5')).toBe(
      'Prazos\nManaus: 12 dias\nRecife: 5',
    );
    expect(await table('<tr><td>Manaus<td>12<tr><td>Recife<td>5')).toBe('Manaus | 12\nRecife | 5');
    expect(await table('<tr><td><h2>Menu</h2><td><p>Um</p><p>Dois</p>')).toBe('Menu\n\nUm\n\nDois');
    expect(await table(`<tr><td>${'x'.repeat(700)}<td>b`)).toBe(`${'x'.repeat(700)}\n\nb`);
  });
});

describe('CSV', () => {
  it.each<[string, string]>([
    ['semicolon', 'Cidade;Preço\nManaus;12,50\nRecife;3,75'],
    ['tab', 'Cidade\tPreço\nManaus\t12,50\nRecife\t3,75'],
    ['comma', 'Cidade,Preço\nManaus,"12,50"\nRecife,"3,75"'],
    ['bar', 'Cidade|Preço\nManaus|12,50\nRecife|3,75'],
  ])('tells the delimiter: %s', async (_, csv) => {
    expect((await read(csv, 'text/csv')).text).toBe('Cidade: Manaus; Preço: 12,50\nCidade: Recife; Preço: 3,75');
  });

  it('reads Latin-1, a single column, rows without names, and a title above the names', async () => {
    expect((await read(Buffer.from('Cidade;Prazo\nBel\xe9m;9', 'latin1'), 'text/csv')).text).toBe(
      'Cidade: Belém; Prazo: 9',
    );
    expect((await read('Manaus\nRecife\n', 'text/csv')).text).toBe('Manaus\nRecife');
    expect((await read('Manaus;12\nRecife;5\n', 'text/csv')).text).toBe('Manaus | 12\nRecife | 5');
    expect((await read('Prazos 2026;\nCidade;Prazo\nManaus;12\n', 'text/csv')).text).toBe(
      'Prazos 2026\n\nCidade: Manaus; Prazo: 12',
    );
    expect((await read('Cidade;Prazo\n', 'text/csv')).text).toBe('Cidade | Prazo');
  });
});

describe('XLSX', () => {
  it('makes a section of each sheet that has cells, and tables of what empty rows divide', async () => {
    const day = new Date(Date.UTC(2026, 0, 31));
    const moment = new Date(Date.UTC(2026, 0, 31, 13, 45));
    const document = await read(
      makeXlsx({
        Prazos: [
          ['Cidade', 'Prazo'],
          ['Manaus', 12],
          [null, null],
          ['Item', 'Preço', 'Ativo'],
          ['Caneta', 0.1, true],
        ],
        Vazia: [],
        Datas: [
          ['Dia', 'Hora'],
          [day, moment],
        ],
      }),
      xlsxType,
    );
    expect(document.text).toBe(
      'Prazos\n\nCidade: Manaus; Prazo: 12\n\nItem: Caneta; Preço: 0.1; Ativo: true\n\nDatas\n\nDia: 2026-01-31; Hora: 2026-01-31 13:45',
    );
    expect(outline(document).map(([path]) => path)).toEqual(['Prazos', 'Datas']);
  });
});

describe('DOCX', () => {
  it('keeps headings, paragraphs and tables in order', async () => {
    const document = await read(
      makeDocx(
        docxParagraph({ text: 'Manual', style: 'Heading1' }) +
          docxParagraph({ text: 'Introdução.' }) +
          docxParagraph({ text: 'Prazos', style: 'Heading2' }) +
          docxTable([
            ['Cidade', 'Prazo'],
            ['Manaus', '12'],
          ]) +
          docxParagraph({ text: 'Fim <b>.' }),
      ),
      docxType,
    );
    expect(document.text).toBe('Manual\n\nIntrodução.\n\nPrazos\n\nCidade: Manaus; Prazo: 12\n\nFim <b>.');
    expect(outline(document)).toEqual([
      ['Manual', 'Manual'],
      ['Manual > Prazos', 'Prazos'],
    ]);
  });
});

describe('JSON', () => {
  it('writes records as lines and everything else with its path', async () => {
    const json =
      '{"empresa":{"nome":"ACME","fones":["1","2"]},"itens":[{"nome":"Caneta","cores":["azul"]},{"nome":"Lápis","dono":{"id":7}}],"ok":null}';
    const document = await read(json, 'application/json');
    expect(document.text).toBe(
      'empresa.nome: ACME\nempresa.fones: 1, 2\nnome: Caneta; cores: azul\nitens.2.nome: Lápis\nitens.2.dono.id: 7\nok: null',
    );
    expect(outline(document)).toEqual([['itens', 'nome: Caneta; cores: azul']]);
  });
});

describe('PDF', () => {
  const page = (lines: readonly string[], size = 10, top = 700) => pdfLines(lines, { size, top });

  it('joins lines to paragraphs and hyphenated words to words, but keeps hyphens that belong', async () => {
    const document = await read(
      makePdf([
        page([
          'A entrega em Manaus demora doze dias contados da confirma-',
          'ção do pedido, e pode ser feita de segunda a sexta, ou terça-',
          'feira, se o cliente preferir e avisar antes do fim do mês an-',
          'terior.',
          '- um item',
          '- outro item',
        ]),
      ]),
      'application/pdf',
    );
    expect(document.text).toBe(
      'A entrega em Manaus demora doze dias contados da confirmação do pedido, e pode ser feita de segunda a sexta, ou terça-feira, se o cliente preferir e avisar antes do fim do mês anterior.\n- um item\n- outro item',
    );
  });

  it('tells headings by their size, and paragraphs by the space between them', async () => {
    const document = await read(
      makePdf([
        [
          ...page(['Manual de entregas'], 20, 780),
          ...page(['Prazos'], 14, 740),
          ...page(['O prazo para Manaus é de doze dias úteis a contar do pedido.'], 10, 720),
          ...page(['Outro parágrafo, com mais uma regra sobre o mesmo assunto.'], 10, 690),
        ],
      ]),
      'application/pdf',
    );
    expect(outline(document)).toEqual([
      ['Manual de entregas', 'Manual de entregas'],
      ['Manual de entregas > Prazos', 'Prazos'],
    ]);
    expect(document.text.split('\n\n')).toHaveLength(4);
    expect(document.title).toBe('Manual de entregas');
  });

  it('leaves out what stands on every page, and joins a sentence that goes on overleaf', async () => {
    const sheet = (number: number, line: string) => [
      ...page(['ACME Entregas Ltda'], 10, 800),
      ...page([line], 10, 700),
      ...page([`Página ${number} de 4`], 10, 40),
    ];
    const document = await read(
      makePdf([
        sheet(1, 'A primeira regra continua'),
        sheet(2, 'na outra página. Item 1: R$ 10'),
        sheet(3, 'Item 2: R$ 20'),
        sheet(4, 'Item 3: R$ 30'),
      ]),
      'application/pdf',
    );
    expect(document.text).toBe(
      'ACME Entregas Ltda\n\nA primeira regra continua na outra página. Item 1: R$ 10\n\nItem 2: R$ 20\n\nItem 3: R$ 30',
    );
    expect(document.pages.map(({ start }) => document.text.slice(start, start + 6))).toEqual([
      'ACME E',
      'na out',
      'Item 2',
      'Item 3',
    ]);
  });
});
