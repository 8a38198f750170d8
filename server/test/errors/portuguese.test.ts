import { expect, it } from 'vitest';
import { areas, portuguese } from '../../src/errors/portuguese/index.ts';
import { hasWords, placesOf, toldTemplates } from '../support/told-templates.ts';

const templates = toldTemplates();

it('finds what is told in the source', () => {
  expect(templates.get('The PDF has more than {0} pages; split it.')).toBe('services/parser/formats/pdf.ts');
});

it('everything that is told has its Portuguese', () => {
  const missing = [...templates].filter(([template]) => hasWords(template) && !portuguese.has(template));
  expect(missing.map(([template]) => template)).toEqual([]);
});

it('everything that has its Portuguese is told', () => {
  expect([...portuguese.keys()].filter((template) => !templates.has(template))).toEqual([]);
});

it('has each sentence once', () => {
  const all = areas.flatMap((area) => Object.keys(area));
  expect(all.filter((template, index) => all.indexOf(template) !== index)).toEqual([]);
});

it('keeps every value of a sentence', () => {
  const wrong = [...portuguese].filter(([template, translation]) => {
    return placesOf(template).join(' ') !== placesOf(translation).join(' ');
  });
  expect(wrong).toEqual([]);
});
