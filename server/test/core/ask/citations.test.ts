import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCitingWriter, type CitedText } from '../../../src/core/ask/grounding/citing-writer.ts';
import { mergeNeighbours } from '../../../src/core/ask/grounding/merge-neighbours.ts';
import { findQuotations, quote } from '../../../src/core/ask/grounding/quotation.ts';
import { readSource } from '../../../src/core/ask/grounding/readable-sources.ts';
import { splitSentences } from '../../../src/core/text/sentences.ts';
import { wordByWord } from '../../support/ask-setup.ts';
import { cutIntoPassages } from '../../support/cut-passages.ts';

const words = 'prazo entrega Manaus cliente frete serviço contrato multa ação 🚚 café gerente Ana Sudeste não'.split(
  ' ',
);
const number = fc.oneof(
  fc.integer({ min: 2, max: 99_999 }).map(String),
  fc.constantFrom('R$ 1.250,90', '12/03/2024', 'CAF-210'),
);
const sentence = fc
  .tuple(
    fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 9 }),
    number,
    fc.constantFrom('.', '!', ' .', '.\n\n'),
  )
  .map(([chosen, value, end]) => `O ${chosen.join(' ')} é ${value}${end}`);
const documents = fc.array(
  fc.array(sentence, { minLength: 1, maxLength: 12 }).map((all) => all.join(' ')),
  {
    minLength: 1,
    maxLength: 4,
  },
);

/** A model that quotes, changes numbers, invents, and cites at random. */
const writing = fc.array(
  fc.record({
    document: fc.nat(3),
    sentence: fc.nat(11),
    change: fc.constantFrom('none', 'none', 'number', 'invent'),
    marker: fc.nat(9),
  }),
  { minLength: 1, maxLength: 5 },
);

interface Written {
  text: string;
  isChanged: boolean;
}

function write(
  texts: readonly string[],
  plan: { document: number; sentence: number; change: string; marker: number },
): Written {
  const text = texts[plan.document % texts.length] ?? '';
  const spans = splitSentences(text, 'pt');
  const span = spans[plan.sentence % spans.length] ?? { start: 0, end: 0 };
  const quoted = text.slice(span.start, span.end);
  if (plan.change === 'invent') return { text: `O segredo custa 777777 reais [${plan.marker}].`, isChanged: true };
  if (plan.change === 'number')
    return { text: `${quoted.replace(/\S+$/u, '888888')} [${plan.marker}].`, isChanged: true };
  return { text: `${quoted} [${plan.marker}]`, isChanged: false };
}

function expectTrueQuotes({ citations, sentences, text }: CitedText, texts: readonly string[]): void {
  for (const citation of citations) {
    const source = texts[Number(citation.document.id.replace('doc_', ''))] ?? '';
    expect(citation.quote).toBe(source.slice(citation.start, citation.end));
    expect(citation.quote).not.toBe('');
  }
  expect(citations.map(({ marker }) => marker)).toEqual(citations.map((_, index) => index + 1));
  const markers = sentences.map(({ start, end }) =>
    [...text.slice(start, end).matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n)),
  );
  expect(markers).toEqual(sentences.map(({ citations: cited }) => [...cited]));
}

describe('citations', () => {
  it('quote exactly the text of the document at their offsets, whatever the model writes', () => {
    let quotes = 0;
    let unsupported = 0;
    fc.assert(
      fc.property(documents, writing, (texts, plans) => {
        const passages = texts.flatMap((text, index) => cutIntoPassages(`doc_${index}`, text));
        const sources = mergeNeighbours(passages).map((found) => readSource(found, 'pt'));
        const written = plans.map((plan) => write(texts, plan));
        const writer = createCitingWriter({ question: 'Qual é o prazo?', sources, language: 'pt' });
        for (const delta of wordByWord(written.map(({ text }) => text).join(' '))) writer.write(delta);
        writer.end();
        expectTrueQuotes(writer.cited, texts);
        for (const { start, end, supported } of writer.cited.sentences) {
          const changed = /777777|888888/.test(writer.cited.text.slice(start, end));
          expect(changed && supported).toBe(false);
          if (changed) unsupported += 1;
        }
        quotes += writer.cited.citations.length;
      }),
      { numRuns: 400 },
    );
    expect(quotes).toBeGreaterThan(200);
    expect(unsupported).toBeGreaterThan(100);
  });

  it('of quotations are just as exact', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }), (texts, asked) => {
        const passages = texts.flatMap((text, index) => cutIntoPassages(`doc_${index}`, text));
        const sources = mergeNeighbours(passages).map((found) => readSource(found, 'pt'));
        const quotations = findQuotations(`Qual é ${asked.join(' ')}?`, sources, 'pt');
        expectTrueQuotes(quote(quotations), texts);
      }),
      { numRuns: 200 },
    );
  });
});
