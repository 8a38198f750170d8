import { describe, expect, it } from 'vitest';
import { preferredLanguage } from '../../src/routes/http/reader-language.ts';

describe('the language of a reader', () => {
  it.each([
    ['none that is asked for', undefined, 'en'],
    ['any', '*', 'en'],
    ['one that is not ours', 'fr-FR, de;q=0.8', 'en'],
    ['Portuguese of any country', 'pt-PT', 'pt'],
    ['the one that a browser prefers', 'pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7', 'pt'],
    ['the one of the larger weight, wherever it stands', 'pt;q=0.3, en;q=0.7', 'en'],
    ['the first of equal weight', 'en, pt', 'en'],
    ['ours after others', 'fr, pt;q=0.1', 'pt'],
    ['not one that is refused', 'pt;q=0', 'en'],
    ['not one whose weight is no weight', 'pt;q=2, pt;q=NaN, pt;q=', 'en'],
    ['whatever its case and its spaces', ' PT-br ; Q=0.5 ', 'pt'],
    ['not one that only begins like ours', 'ptx, english', 'en'],
    ['not what is no header at all', ';;,,=;q=1,\t', 'en'],
  ])('is %s', (_what, header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
