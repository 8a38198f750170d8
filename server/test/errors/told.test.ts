import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors/app-error.ts';
import { failureOf } from '../../src/errors/failure.ts';
import { inEnglish, told, verbatim } from '../../src/errors/told.ts';
import { keptToldSchema, toldSchema } from '../../src/errors/told-schema.ts';
import { translate } from '../../src/errors/translate.ts';

describe('what is told', () => {
  const tooLong = told`The PDF has more than ${500} pages; split it.`;

  it('is the sentence as it is written, in English', () => {
    expect(inEnglish(tooLong)).toBe('The PDF has more than 500 pages; split it.');
    expect(translate(tooLong, 'en')).toBe('The PDF has more than 500 pages; split it.');
  });

  it('is put into Portuguese with its values', () => {
    expect(translate(tooLong, 'pt')).toBe('O PDF tem mais de 500 páginas; divida o arquivo.');
  });

  it('translates the parts that are told themselves, and leaves names as they are', () => {
    const broken = told`${told`row ${3}`}: ${told`The row is not in UTF-8.`}`;
    expect(inEnglish(told`Table "${'row'}", ${broken}`)).toBe('Table "row", row 3: The row is not in UTF-8.');
    expect(translate(told`Table "${'row'}", ${broken}`, 'pt')).toBe(
      'Tabela "row", linha 3: A linha não está em UTF-8.',
    );
  });

  it('shows values that look like places as they are', () => {
    expect(inEnglish(told`There are no ${'{1}'} and no ${'$&'}.`)).toBe('There are no {1} and no $&.');
  });

  it('stays English where there is no translation', () => {
    expect(translate(verbatim('Catalog Error: {0}'), 'pt')).toBe('Catalog Error: {0}');
    expect(translate({ template: 'Nobody ever said {0}.', values: ['so'] }, 'pt')).toBe('Nobody ever said so.');
  });

  it('goes through JSON', () => {
    const sent: unknown = JSON.parse(JSON.stringify(told`Table "${'a'}": ${tooLong}`));
    expect(translate(toldSchema.parse(sent), 'pt')).toBe(
      'Tabela "a": O PDF tem mais de 500 páginas; divida o arquivo.',
    );
  });

  it('is taken from others in its own form only', () => {
    expect(toldSchema.safeParse({ template: 'a', values: [null] }).success).toBe(false);
    expect(toldSchema.safeParse({ template: 'a', values: [], more: 1 }).success).toBe(false);
    expect(toldSchema.safeParse('a').success).toBe(false);
  });
});

it('an error is told in English to logs and programs', () => {
  const error = new AppError('document_too_expensive', { detail: told`A row has more than ${9} columns.` });
  expect(error.detail).toBe('A row has more than 9 columns.');
  expect(error.message).toBe('document_too_expensive: A row has more than 9 columns.');
});

it('a sentence that an earlier version kept stays what it is', () => {
  const detail = 'The PDF has more than {0} pages; split it.';
  expect(translate(failureOf({ code: 'document_broken', detail }).detail!, 'pt')).toBe(detail);
  expect(translate(keptToldSchema.parse(detail), 'pt')).toBe(detail);
});
