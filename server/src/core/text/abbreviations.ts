import type { Language } from '../../models/language.ts';

/** Written with a full stop, and followed by a capital letter or a number in the middle of a sentence. */
const abbreviations: Readonly<Record<Language, ReadonlySet<string>>> = {
  pt: words(
    `sr sra srs sras srta dr dra drs dras prof profa profº profª exmo exma ilmo ilma vossa v.sa v.exa d sto sta
     art arts inc cap caps par pár tít fl fls pág págs pag pags p pp vol vols ed eds org orgs n nº nr nos núm num proc
     tel cel fax r av al trav tv pç pça rod estr km lt qd bl ap apto apt cj ex obs cf ref id ibid op cit vs aprox máx mín
     p.ex i.e e.g dep depto dpto min gen cap cel sgt ten maj brig gov pres dir eng arq adv fig figs tab anex min máx`,
  ),
  en: words(
    `mr mrs ms mx dr prof st rev hon gen col capt cpt lt sgt cmdr gov pres sen rep sr jr vs e.g i.e cf viz al
     fig figs eq eqs sec secs ch chap vol vols pp p ed eds ref refs dept est approx tel ext ave blvd rd
     mt ft inc corp co ltd nos appt`,
  ),
};

/** Abbreviations only in front of a number: else they are words, or end sentences. */
const beforeNumber: Readonly<Record<Language, ReadonlySet<string>>> = {
  pt: words('no item jan fev mar abr mai jun jul ago set out nov dez par inc al'),
  en: words('no art arts jan feb mar apr jun jul aug sep sept oct nov dec item'),
};

/** Longer than any of them. */
const longestAbbreviation = 8;

/**
 * Whether the full stop at `end` belongs to an abbreviation, an initial (`J. Silva`) or a number sign, so that the
 * sentence goes on. `next` is where the text goes on after it, `start` where the sentence begins.
 */
export function endsWithAbbreviation(
  text: string,
  { start, end, next, language }: { start: number; end: number; next: number; language: Language | undefined },
): boolean {
  let first = end;
  while (first > start && end - first <= longestAbbreviation && isWordPart(text, first - 1)) first -= 1;
  const length = end - first;
  if (length === 0 || length > longestAbbreviation) return false;
  const word = text.slice(first, end);
  // An initial: one capital letter, also after another one (`J. R. Silva`).
  if (length === 1 && /\p{Lu}/u.test(word)) return true;
  const languages: readonly Language[] = language === undefined ? ['pt', 'en'] : [language];
  const lower = word.toLowerCase();
  const isBeforeNumber = isDigit(text.charCodeAt(next));
  return languages.some((each) => abbreviations[each].has(lower) || (isBeforeNumber && beforeNumber[each].has(lower)));
}

function isWordPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 46;
  return /[\p{L}\u00ba\u00aa]/u.test(text.charAt(at));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}
