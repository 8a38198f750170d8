import { nextOf, regionAfter, suffixesOf } from './suffixes.ts';

/** Where the parts of a word begin in which suffixes are removed. */
interface Regions {
  /** Of verb endings. */
  verb: number;
  first: number;
  second: number;
}

const vowels: ReadonlySet<string> = new Set('aeiouáéíóúâêô');
const isVowel = (letter: string): boolean => vowels.has(letter);
const isConsonant = (letter: string): boolean => !vowels.has(letter);

/**
 * The stem of a lower-case Portuguese word with its accents. A nasal vowel counts as a vowel and a consonant, so it is
 * spelled as two letters meanwhile.
 * Source: snowballstem.org/algorithms/portuguese/stemmer.html
 */
export function stemPortuguese(word: string): string {
  const spelled = word.replaceAll('ã', 'a~').replaceAll('õ', 'o~');
  const regions = regionsOf(spelled);
  const shortened = withoutStandardSuffix(spelled, regions) ?? withoutVerbSuffix(spelled, regions.verb);
  const stem =
    shortened === undefined ? withoutResidualSuffix(spelled, regions.verb) : withoutSoftener(shortened, regions.verb);
  return withoutResidualForm(stem, regions.verb).replaceAll('a~', 'ã').replaceAll('o~', 'õ');
}

function regionsOf(word: string): Regions {
  const first = regionAfter(word, vowels, 0) ?? word.length;
  return {
    verb: verbRegionOf(word) ?? word.length,
    first,
    second: regionAfter(word, vowels, first) ?? word.length,
  };
}

function verbRegionOf(word: string): number | undefined {
  if (word.length < 2) return undefined;
  if (isConsonant(word[1]!)) return nextOf(word, 2, isVowel);
  if (isVowel(word[0]!)) return nextOf(word, 2, isConsonant);
  return word.length < 3 ? undefined : 3;
}

type StandardSuffix =
  | { in: keyof Regions; becomes: string; after?: string }
  /** What stands before a suffix goes with it, and what stands before that. */
  | { in: keyof Regions; becomes: ''; before: string; beforeThat?: Readonly<Record<string, string>> };

const standardSuffixes = suffixesOf<StandardSuffix>([
  [
    'eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos ' +
      'adora adoras ador adores aça~o aço~es ante antes ância',
    { in: 'second', becomes: '' },
  ],
  ['logia logias', { in: 'second', becomes: 'log' }],
  ['uça~o uço~es', { in: 'second', becomes: 'u' }],
  ['ência ências', { in: 'second', becomes: 'ente' }],
  ['amente', { in: 'first', becomes: '', before: 'iv os ic ad', beforeThat: { iv: 'at' } }],
  ['mente', { in: 'second', becomes: '', before: 'ante avel ível' }],
  ['idade idades', { in: 'second', becomes: '', before: 'abil ic iv' }],
  ['iva ivo ivas ivos', { in: 'second', becomes: '', before: 'at' }],
  ['ira iras', { in: 'verb', becomes: 'ir', after: 'e' }],
]);

/** undefined: none was removed. */
function withoutStandardSuffix(word: string, regions: Regions): string | undefined {
  const found = standardSuffixes.find(word);
  if (found === undefined) return undefined;
  const { suffix, value } = found;
  const stem = word.slice(0, -suffix.length);
  if (stem.length < regions[value.in]) return undefined;
  if ('after' in value && !stem.endsWith(value.after)) return undefined;
  return 'before' in value ? withoutOneOf(stem, value, regions.second) : stem + value.becomes;
}

function withoutOneOf(
  word: string,
  { before, beforeThat = {} }: Extract<StandardSuffix, { before: string }>,
  region: number,
): string {
  const last = before.split(' ').find((one) => word.endsWith(one));
  if (last === undefined || word.length - last.length < region) return word;
  const stem = word.slice(0, -last.length);
  const next = beforeThat[last];
  if (next === undefined || !stem.endsWith(next) || stem.length - next.length < region) return stem;
  return stem.slice(0, -next.length);
}

const verbSuffixes = suffixesOf<true>([
  ['ada ida ia aria eria iria ara era ira ava asse esse isse aste este iste ei arei erei irei am iam ariam', true],
  ['eriam iriam aram eram iram avam em arem erem irem assem essem issem ado ido ando endo indo ara~o era~o', true],
  ['ira~o ar er ir as adas idas ias arias erias irias aras eras iras avas es ardes erdes irdes ares eres ires', true],
  ['asses esses isses astes estes istes is ais eis areis ereis ireis áreis éreis íreis ásseis ésseis ísseis', true],
  ['áveis íeis aríeis eríeis iríeis ados idos amos áramos éramos íramos ávamos íamos aríamos eríamos iríamos', true],
  ['emos aremos eremos iremos ássemos êssemos íssemos imos armos ermos irmos ámos arás erás irás eu iu ou', true],
  ['ará erá irá', true],
]);

/** undefined: none was removed. */
function withoutVerbSuffix(word: string, region: number): string | undefined {
  const found = verbSuffixes.find(word, region);
  return found && word.slice(0, -found.suffix.length);
}

const residualSuffixes = suffixesOf<true>([['a i o os á í ó', true]]);

function withoutResidualSuffix(word: string, region: number): string {
  const found = residualSuffixes.find(word);
  return found === undefined || word.length - found.suffix.length < region ? word : word.slice(0, -found.suffix.length);
}

/** The `i` that keeps a `c` soft before what was removed. */
function withoutSoftener(word: string, region: number): string {
  return word.endsWith('ci') && word.length - 1 >= region ? word.slice(0, -1) : word;
}

function withoutResidualForm(word: string, region: number): string {
  if (word.endsWith('ç')) return `${word.slice(0, -1)}c`;
  if (!/[eéê]$/.test(word) || word.length - 1 < region) return word;
  const stem = word.slice(0, -1);
  return /(?:gu|ci)$/.test(stem) && stem.length - 1 >= region ? stem.slice(0, -1) : stem;
}
