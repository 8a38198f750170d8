import { withoutInvisible } from '../../ask/grounding/harmless-text.ts';

/** Longer names say no more about which one it is. */
export const longestName = 60;

const address =
  /(?:[a-z][a-z0-9+.-]*:\/\/|\/\/|www\.|(?:javascript|vbscript|data|mailto|file|blob|tel):)\S*|\S+@\S+/giu;
// A full stop that makes a domain of two words, which programs turn into a link.
const stopInside = /(?<=[\p{L}\p{N}])[.。．｡](?=\p{L})/gu;

/**
 * The text of a cell or a column as part of a sentence: one line, without what is invisible, turns its reader's direction,
 * links, or is read as Markdown or HTML. Empty when nothing is left.
 */
export function cleanName(text: string, longest = longestName): string {
  const visible = withoutInvisible(
    text
      .slice(0, 20 * longest)
      .normalize('NFC')
      .replaceAll(/\s+/gu, ' '),
  )
    .replaceAll(/\p{C}/gu, '')
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1');
  const plain = visible
    .replaceAll(address, '…')
    .replaceAll(/[*`[\]{}|~\\<>"“”«»#$^=]/gu, ' ')
    .replaceAll(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, ' ')
    .replaceAll(/&(?=[#\w]+;)/gu, ' ')
    .replaceAll(stopInside, '. ')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[\s!+\-–—•:.]+/u, '')
    .trim();
  const letters = Array.from(plain);
  return letters.length <= longest
    ? plain
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

/** A column as it stands in a sentence: `qtd_pedidos` is "qtd pedidos". */
export function columnText(name: string): string {
  return cleanName(name.replaceAll('_', ' '));
}

const particles = new Set('de do da dos das e of the and'.split(' '));

/**
 * The value of a cell as it stands in a sentence. Only what looks like a name, each word with a capital, stands without
 * quotation marks: what a stranger wrote is not to be read as part of the sentence. Empty when nothing is left.
 */
export function valueText(value: string): string {
  const text = cleanName(value);
  if (text === '') return '';
  const words = text.split(' ');
  const isName =
    words.length <= 5 && words.every((word) => particles.has(word) || /^\p{Lu}[\p{L}\p{M}'’-]*$/u.test(word));
  return isName && !particles.has(words[0] ?? '') ? text : `“${text}”`;
}
