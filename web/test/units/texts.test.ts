import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../../server/src/errors/catalogue.ts';
import { problemTexts } from '../../src/texts/problems.ts';

describe('the texts of errors', () => {
  it.each(['pt', 'en'] as const)('tell in %s what every error of the catalogue means', (language) => {
    expect(Object.keys(problemTexts[language].codes).toSorted()).toEqual(Object.keys(errorCatalogue).toSorted());
  });
});
