import { regionAfter, suffixesOf, type Suffixes } from './suffixes.ts';

/** Where the parts of a word begin in which suffixes are removed. */
interface Regions {
  first: number;
  second: number;
}

const vowels: ReadonlySet<string> = new Set('aeiouy');

/**
 * The stem of a lower-case English word without apostrophes.
 * Source: snowballstem.org/algorithms/english/stemmer.html (Porter2)
 */
export function stemEnglish(word: string): string {
  const exception = exceptions.get(word);
  if (exception !== undefined) return exception;
  if (word.length < 3) return word;
  const marked = markConsonants(word);
  const regions = regionsOf(marked);
  const singular = withoutPlural(marked);
  if (unchanged.has(singular)) return singular;
  const stem = [withoutPastForm, withFinalI, withShorterSuffix, withoutEnding, withoutLastSuffix, withoutFinalLetter];
  return stem.reduce((text, step) => step(text, regions), singular).replaceAll('Y', 'y');
}

const exceptions: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl' }),
  ...Object.entries({ gently: 'gentl', ugly: 'ugli', early: 'earli', only: 'onli', singly: 'singl' }),
  ...['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes'].map((word) => [word, word] as const),
]);

/** Of those that have lost their plural. */
const unchanged: ReadonlySet<string> = new Set(
  'inning outing canning herring earring proceed exceed succeed'.split(' '),
);

/** A `y` at the beginning or behind a vowel is a consonant, and written `Y` meanwhile. */
function markConsonants(word: string): string {
  if (!word.includes('y')) return word;
  let marked = '';
  for (const letter of word) marked += letter === 'y' && isAtVowel(marked) ? 'Y' : letter;
  return marked;
}

const isAtVowel = (text: string): boolean => text === '' || vowels.has(text.at(-1)!);

const beginnings = /^(?:gener|commun|arsen)/;

function regionsOf(word: string): Regions {
  const first = beginnings.exec(word)?.[0].length ?? regionAfter(word, vowels, 0) ?? word.length;
  return { first, second: regionAfter(word, vowels, first) ?? word.length };
}

const hasVowel = (text: string): boolean => /[aeiouy]/.test(text);

function withoutPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[sd]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (!word.endsWith('s') || /[us]s$/.test(word)) return word;
  return hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

const pastForms = suffixesOf<'ee' | ''>([
  ['eed eedly', 'ee'],
  ['ed edly ing ingly', ''],
]);

function withoutPastForm(word: string, { first }: Regions): string {
  const found = pastForms.find(word);
  if (found === undefined) return word;
  const stem = word.slice(0, -found.suffix.length);
  if (found.value === 'ee') return stem.length < first ? word : `${stem}ee`;
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) return stem.slice(0, -1);
  return stem.length === first && endsShort(stem) ? `${stem}e` : stem;
}

const endsShort = (text: string): boolean => /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/.test(text);

function withFinalI(word: string): string {
  return /.[^aeiouy][yY]$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

interface Replacement {
  becomes: string;
  /** The letter before the suffix is one of these. */
  after?: string;
  /** Where the suffix must stand; absent: in the first region. */
  in?: keyof Regions;
}

const shorterSuffixes = suffixesOf<Replacement>([
  ['tional', { becomes: 'tion' }],
  ['enci', { becomes: 'ence' }],
  ['anci', { becomes: 'ance' }],
  ['abli', { becomes: 'able' }],
  ['entli', { becomes: 'ent' }],
  ['ization izer', { becomes: 'ize' }],
  ['ational ation ator', { becomes: 'ate' }],
  ['alli aliti alism', { becomes: 'al' }],
  ['fulness fulli', { becomes: 'ful' }],
  ['ousli ousness', { becomes: 'ous' }],
  ['iveness iviti', { becomes: 'ive' }],
  ['bli biliti', { becomes: 'ble' }],
  ['ogi', { becomes: 'og', after: 'l' }],
  ['lessli', { becomes: 'less' }],
  ['li', { becomes: '', after: 'cdeghkmnrt' }],
]);

const endings = suffixesOf<Replacement>([
  ['tional', { becomes: 'tion' }],
  ['ational', { becomes: 'ate' }],
  ['alize', { becomes: 'al' }],
  ['icate iciti ical', { becomes: 'ic' }],
  ['ful ness', { becomes: '' }],
  ['ative', { becomes: '', in: 'second' }],
]);

const lastSuffixes = suffixesOf<Replacement>([
  ['al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize', { becomes: '', in: 'second' }],
  ['ion', { becomes: '', after: 'st', in: 'second' }],
]);

const withShorterSuffix = replacing(shorterSuffixes);
const withoutEnding = replacing(endings);
const withoutLastSuffix = replacing(lastSuffixes);

function replacing(suffixes: Suffixes<Replacement>): (word: string, regions: Regions) => string {
  return (word, regions) => {
    const found = suffixes.find(word);
    if (found === undefined) return word;
    const { becomes, after, in: region = 'first' } = found.value;
    const stem = word.slice(0, -found.suffix.length);
    if (stem.length < regions[region]) return word;
    if (after !== undefined && !after.includes(stem.at(-1) ?? ' ')) return word;
    return stem + becomes;
  };
}

function withoutFinalLetter(word: string, { first, second }: Regions): string {
  const stem = word.slice(0, -1);
  if (word.endsWith('e')) {
    return stem.length >= second || (stem.length >= first && !endsShort(stem)) ? stem : word;
  }
  return word.endsWith('ll') && stem.length >= second ? stem : word;
}
