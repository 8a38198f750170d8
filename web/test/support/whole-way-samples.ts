import { readFileSync } from 'node:fs';
import { makePdf, pdfLines } from '../../../server/test/support/files/make-pdf.ts';

/** What somebody who tries everything once brings along, in their language. */
export interface Samples {
  pdf: { name: string; mimeType: string; buffer: Buffer };
  question: string;
  /** The sentence that answers it, as it stands in the PDF. */
  cited: string;
  csv: { name: string; mimeType: string; buffer: Buffer };
  dataQuestion: string;
}

const rules = {
  pt: {
    title: 'Manual do edifício Aurora',
    pages: [
      ['Manual do edifício Aurora', '', 'Este manual vale para todos os moradores e visitantes.'],
      [
        'Garagem',
        '',
        'A garagem do edifício Aurora abre às 6h30 e fecha às 22h15.',
        'Cada morador tem direito a duas vagas.',
      ],
    ],
  },
  en: {
    title: 'Aurora house manual',
    pages: [
      ['Aurora house manual', '', 'This manual holds for all residents and visitors.'],
      [
        'Garage',
        '',
        'The garage of the Aurora house opens at 6:30 and closes at 22:15.',
        'Each resident has two places.',
      ],
    ],
  },
} as const;

const sales = readFileSync(new URL('../../../examples/vendas.csv', import.meta.url), 'utf8');
const words = {
  'data;regiao;produto;receita;pedidos': 'date;region;product;revenue;orders',
  Nordeste: 'North-East',
  Sudeste: 'South-East',
  Sul: 'South',
  Café: 'Coffee',
  Leite: 'Milk',
  Açúcar: 'Sugar',
} as const;
const salesInEnglish = Object.entries(words).reduce((csv, [word, english]) => csv.replaceAll(word, english), sales);

const file = (name: string, mimeType: string, content: string | Buffer) => ({
  name,
  mimeType,
  buffer: Buffer.from(content as string),
});
const pdfOf = ({ title, pages }: (typeof rules)['pt' | 'en']) =>
  file(
    `${title}.pdf`,
    'application/pdf',
    makePdf(
      pages.map((lines) => pdfLines(lines, { size: 12 })),
      { title },
    ),
  );

export const samples: Readonly<Record<'pt' | 'en', Samples>> = {
  pt: {
    pdf: pdfOf(rules.pt),
    question: 'A que horas abre a garagem do edifício Aurora?',
    cited: rules.pt.pages[1][2],
    csv: file('vendas.csv', 'text/csv', sales),
    dataQuestion: 'Por que a receita caiu em junho?',
  },
  en: {
    pdf: pdfOf(rules.en),
    question: 'When does the garage of the Aurora house open?',
    cited: rules.en.pages[1][2],
    csv: file('sales.csv', 'text/csv', salesInEnglish),
    dataQuestion: 'Why did revenue fall in June?',
  },
};

const keepers = ['Ana', 'Bruno', 'Carla', 'Davi', 'Elisa', 'Fábio', 'Gilda', 'Hugo'];
const places = ['Recife', 'Belém', 'Curitiba', 'Goiânia', 'Manaus', 'Natal', 'Santos', 'Vitória'];

/** The fewest examples that a training takes, a line each. */
export const exampleLines = places
  .map((place, index) => ({
    question: `Quem cuida do depósito de ${place}?`,
    answer: `O depósito de ${place} é cuidado por ${keepers[index] ?? ''}.`,
  }))
  .map((example) => JSON.stringify(example))
  .join('\n');
