import { goJson, isList, isText, type Piece, piecesOf, shown, type Text, typeName, type Value } from './values.ts';

const verb = /%([-+# 0]*)([0-9]{0,4})(?:\.([0-9]{0,4}))?([^]?)/g;

interface Verb {
  letter: string;
  flags: string;
  width: number;
  precision: number | undefined;
}

/** Go's `fmt.Sprintf`, for the verbs that templates use. The format belongs to the template, what is put in does not. */
export function printf(format: Text | string, values: readonly Value[]): Piece[] {
  const pieces: Piece[] = [];
  const left = [...values];
  for (const { text, special } of piecesOf(format)) {
    let place = 0;
    for (const match of text.matchAll(verb)) {
      const [whole, flags = '', width = '', precision, letter = ''] = match;
      pieces.push({ text: text.slice(place, match.index), special });
      place = match.index + whole.length;
      if (letter === '%') pieces.push({ text: '%', special });
      else if (letter === '') pieces.push({ text: '%!(NOVERB)', special });
      else if (left.length === 0) pieces.push({ text: `%!${letter}(MISSING)`, special });
      else {
        const digits = precision === undefined ? undefined : Number(precision);
        pieces.push(...formatted(left.shift(), { letter, flags, width: Number(width), precision: digits }));
      }
    }
    pieces.push({ text: text.slice(place), special });
  }
  if (left.length > 0) {
    const extra = left
      .map((value) => (value === undefined || value === null ? '<nil>' : `${typeName(value)}=${plain(value)}`))
      .join(', ');
    pieces.push({ text: `%!(EXTRA ${extra})`, special: false });
  }
  return pieces;
}

function formatted(value: Value, { letter, flags, width, precision }: Verb): readonly Piece[] {
  const pieces = converted(value, { letter, flags, width, precision });
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
  if (length >= width) return pieces;
  const fill = flags.includes('0') && !flags.includes('-') && typeof value === 'number' ? '0' : ' ';
  const padding = { text: fill.repeat(width - length), special: false };
  return flags.includes('-') ? [...pieces, padding] : [padding, ...pieces];
}

function converted(value: Value, { letter, flags, precision }: Verb): readonly Piece[] {
  if (letter === 'v') return value === undefined ? [{ text: '<nil>', special: false }] : shown(value);
  if (letter === 's' && typeof value !== 'number' && typeof value !== 'boolean' && value !== undefined)
    return precision === undefined || !isText(value)
      ? shown(value)
      : [{ text: plain(value).slice(0, precision), special: false }];
  const plainly = (one: Value): string => convertedPlainly(one, { letter, flags, precision });
  const text = isList(value) && letter !== 'T' ? `[${value.map(plainly).join(' ')}]` : plainly(value);
  return [{ text, special: false }];
}

function convertedPlainly(value: Value, { letter, flags, precision }: Omit<Verb, 'width'>): string {
  if (letter === 'q' && isText(value)) return JSON.stringify(plain(value));
  if (letter === 't' && typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    const sign = flags.includes('+') && value >= 0 ? '+' : '';
    if (letter === 'd' && Number.isInteger(value)) return sign + String(value);
    if (letter === 'x' && Number.isInteger(value)) return sign + value.toString(16);
    if (letter === 'f') return sign + value.toFixed(Math.min(precision ?? 6, 100));
  }
  if (letter === 'T') return typeName(value);
  return `%!${letter}(${typeName(value)}=${value === undefined ? '<nil>' : plain(value)})`;
}

function plain(value: Value): string {
  return isText(value)
    ? String(value)
    : shown(value)
        .map(({ text }) => text)
        .join('') || goJson(value);
}
