import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import snowball from 'snowball-stemmers';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/core/retrieval/fold.ts';
import { stemEnglish } from '../../../src/core/retrieval/stemming/english.ts';
import { stemPortuguese } from '../../../src/core/retrieval/stemming/portuguese.ts';

const root = join(import.meta.dirname, '../../../..');

// The algorithms are those of Snowball: a library that was made from its own descriptions says what is right.
describe.each([
  ['portuguese', stemPortuguese, portugueseSuffixes()],
  ['english', stemEnglish, englishSuffixes()],
] as const)('the stemmer for %s', (name, stem, suffixes) => {
  const reference = snowball.newStemmer(name);
  const differing = (words: readonly string[]): string[] =>
    words.filter((word) => stem(word) !== reference.stem(word)).map((word) => `${word}: ${stem(word)}`);

  it('gives the stems of Snowball for the words of our own texts', () => {
    const words = wordsOfTexts();
    expect(words.length).toBeGreaterThan(5000);
    expect(differing(words)).toEqual([]);
    expect(differing(words.map(fold))).toEqual([]);
  });

  it('gives them for every suffix behind many beginnings', () => {
    const words = beginnings().flatMap((beginning) => suffixes.map((suffix) => beginning + suffix));
    expect(words.length).toBeGreaterThan(10_000);
    expect(differing(words)).toEqual([]);
  });
});

/** From nothing to words of several syllables, with each kind of letter before the suffix. */
function beginnings(): string[] {
  const starts = [
    '',
    'a',
    'b',
    'y',
    'br',
    'ea',
    'ay',
    'gener',
    'commun',
    'arsen',
    'can',
    'inn',
    'comerci',
    'organ',
    'conoc',
  ];
  const ends = [
    '',
    'a',
    'e',
    'y',
    'at',
    'iv',
    'ic',
    'os',
    'ad',
    'gu',
    'ci',
    'l',
    'll',
    'tt',
    'bl',
    'iz',
    'ível',
    'abil',
    's',
    'e',
  ];
  return [...new Set(starts.flatMap((start) => ends.map((end) => start + end)))];
}

function portugueseSuffixes(): string[] {
  return `eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos adora
    adoras ador adores ação ações ante antes ância logia logias ução uções ência ências amente mente idade idades iva ivo
    ivas ivos ira iras ada ida ia aria eria ara era ava asse esse isse ei arei am iam ariam aram avam em arem assem ado
    ido ando endo indo arão erão ar er ir as adas es ardes ares asses astes is ais eis areis áreis ásseis áveis íeis
    amos áramos íamos aríamos emos aremos ássemos êssemos imos armos ámos arás eu iu ou ará os a i o á í ó e é ê ç ão ã`.split(
    /\s+/,
  );
}

function englishSuffixes(): string[] {
  return `s ss us sses ied ies ed edly eed eedly ing ingly y tional enci anci abli entli izer ization ational ation ator
    alism aliti alli fulness ousli ousness iveness iviti biliti bli ogi fulli lessli li ly ative alize icate iciti ical
    ful ness al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize sion tion ion e le l ll tting bbed`.split(
    /\s+/,
  );
}

function wordsOfTexts(): string[] {
  const folders = ['docs', 'docs/decisions', 'examples', 'models/nano', 'server/src/errors/portuguese', '.'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => /\.(?:md|txt|py|ts|html)$/.test(file))
      .map((file) => join(root, folder, file)),
  );
  const text = files.map((file) => readFileSync(file, 'utf8').toLowerCase()).join('\n');
  return [...new Set(text.match(/\p{L}+/gu))];
}
