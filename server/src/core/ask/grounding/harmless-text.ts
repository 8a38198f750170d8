// Addresses, with or without a scheme; also what browsers run or open, which the label in "Data: 12/03" is not.
const address =
  /(?:(?:[a-z][a-z0-9+.-]*:)?\/\/|www\.|(?<![\p{L}\p{N}])(?:javascript|vbscript|data|mailto|file|blob):(?=[\p{L}\p{N}/,%?#&(]))\S*/giu;
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]|[\u{e0000}-\u{e007f}]/gu;
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Zero-width, bidirectional, tag and control characters: what a person cannot see, no model should read or write. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '').replace(control, '');
}

/**
 * Text of an answer that no client can turn into a request by showing it: no Markdown images or links, no HTML, and no
 * address that does not stand, exactly so, in one of `sources`. Takes whole words: an address split in two is not seen.
 */
export function harmlessText(text: string, sources: readonly string[]): string {
  return withoutInvisible(text)
    .replaceAll('![', '[')
    .replaceAll('](', '] (')
    .replace(/<(?=[a-z/!?])/giu, '‹')
    .replace(address, (found) => {
      const bare = found.replace(/[)\]>.,;:!?"'’”]+$/u, '');
      return bare === '' || sources.some((source) => source.includes(bare)) ? found : '[…]';
    });
}
