import { fold } from '../../retrieval/fold.ts';

// A run of letters and digits, with single separators inside: 12/03/2024, CAF-210, 49,90, 192.168.0.1
const codeOrNumber = /[\p{L}\p{N}]+(?:[-./,:_][\p{L}\p{N}]+)*/gu;
const capitalised = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}]+/gu;
const plain = /(?<![\p{L}\p{N}])\p{Ll}[\p{L}\p{M}]+/gu;
// What stands before a word with a capital that says nothing: the start, or punctuation that starts anew.
const startsAnew = /(?:^|[.!?:;\n“”"«(*•–-])\s*$/u;

const numberWords: Readonly<Record<string, number>> = {
  ...counted(2, 'dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze'),
  ...counted(16, 'dezesseis dezessete dezoito dezenove vinte'),
  ...counted(2, 'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'),
  ...counted(17, 'seventeen eighteen nineteen twenty'),
  duas: 2,
  catorze: 14,
  trinta: 30,
  quarenta: 40,
  cinquenta: 50,
  sessenta: 60,
  setenta: 70,
  oitenta: 80,
  noventa: 90,
  cem: 100,
  cento: 100,
  duzentos: 200,
  duzentas: 200,
  trezentos: 300,
  trezentas: 300,
  mil: 1000,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
};

/**
 * Numbers, dates and codes, in forms that compare equal whatever their notation: `1.500,00` and `1,500` are both
 * `1500`; `doze` and `twelve` are `12`.
 */
export function numbersIn(text: string): Set<string> {
  const numbers = new Set<string>();
  for (const [run] of fold(text).matchAll(codeOrNumber)) {
    for (const canonical of canonicalNumbers(run)) numbers.add(canonical);
  }
  return numbers;
}

/**
 * Proper names, folded: words with a capital inside a sentence; also those at its start, when `known` has them as names.
 */
export function namesIn(text: string, known: ReadonlySet<string> = new Set()): Set<string> {
  return new Set(fullNamesIn(text, known).flat());
}

/** The same, those together that stand side by side: `carlos nunes` and `recife` of "Carlos Nunes, de Recife". */
export function fullNamesIn(text: string, known: ReadonlySet<string> = new Set()): string[][] {
  const fullNames: string[][] = [];
  let end = -1;
  for (const match of text.matchAll(capitalised)) {
    const name = fold(match[0]);
    if (!known.has(name) && startsAnew.test(text.slice(Math.max(0, match.index - 4), match.index))) continue;
    if (match.index === end + 1 && text[end] === ' ') fullNames.at(-1)?.push(name);
    else fullNames.push([name]);
    end = match.index + match[0].length;
  }
  return fullNames;
}

/** Words without a capital, folded. */
export function plainWordsIn(text: string): Set<string> {
  return new Set([...text.matchAll(plain)].map(([word]) => fold(word)));
}

function canonicalNumbers(run: string): string[] {
  if (!/\d/.test(run)) {
    return run.split(/[-./,:_]/).flatMap((word) => (Object.hasOwn(numberWords, word) ? [`${numberWords[word]}`] : []));
  }
  // 24h, 7am, 30kg: the unit is a word of its own.
  const withUnit = /^(\d[\d.,:]*)[a-z]{1,3}$/.exec(run);
  return [canonicalNumber(withUnit?.[1] ?? run)];
}

function canonicalNumber(run: string): string {
  if (/^\d+$/.test(run)) return withoutLeadingZeros(run);
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(run)) return decimal(run.replaceAll('.', '').replace(',', '.'));
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(run)) return decimal(run.replaceAll(',', ''));
  if (/^\d+[.,]\d+$/.test(run)) return decimal(run.replace(',', '.'));
  return run;
}

function decimal(digits: string): string {
  const [whole = '', fraction = ''] = digits.split('.');
  const significant = fraction.replace(/0+$/, '');
  return significant === '' ? withoutLeadingZeros(whole) : `${withoutLeadingZeros(whole)}.${significant}`;
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

function counted(first: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word, index) => [word, first + index]));
}
