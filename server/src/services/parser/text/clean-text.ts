/**
 * Characters that a reader does not see but a language model does, and that are used to hide instructions: zero-width
 * and joining characters, directional marks, tag characters, variation selectors, fillers, soft hyphens, and controls
 * other than tab and newline.
 */
const invisible =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- each of them is meant as itself
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
const lineBreak = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
/** No-break, figure and other typographic spaces; a quotation should match however the space was typed. */
const otherSpace = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;

/** Text as it is stored: NFC, `\n` between lines, plain spaces, nothing invisible, no lone surrogates. */
export function cleanText(text: string): string {
  return text.replace(lineBreak, '\n').replace(otherSpace, ' ').replace(invisible, '').toWellFormed().normalize('NFC');
}
