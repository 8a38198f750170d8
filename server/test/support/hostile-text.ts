import * as fc from 'fast-check';

const scrap = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'Manaus',
      'o prazo',
      '12 dias',
      'Sr',
      'art',
      'e.g',
      'J',
      'ç',
      '1.234,56',
      'X'.repeat(300),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '. ',
      '.',
      '! ',
      '? ',
      '…',
      ': ',
      '; ',
      '\n',
      '\n\n',
      '\r\n',
      ' ',
      '\t',
      '[1]',
      '"',
      '”',
      ')',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '# ',
      '## A\n',
      '- ',
      '1. ',
      '| a | b |\n',
      '```\n',
      '---\n',
      '\u2028',
      '\u00a0',
      '\ufeff',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('😀', '\ud83d', '\udc00', 'e\u0301', '\u200b', '\u202e', '\0', '漢字', '\u{e0041}'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** Text as attackers and broken programs write it: odd spaces, lone surrogates, half abbreviations, endless words. */
export const hostileText = fc.array(scrap, { maxLength: 200 }).map((scraps) => scraps.join(''));
