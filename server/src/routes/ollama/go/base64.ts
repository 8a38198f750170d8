const outsideAlphabet = /[^A-Za-z0-9+/]/;

/** Where Go's `base64.StdEncoding` stops reading a text that is not base64; undefined when it is. Line breaks may stand anywhere. */
export function findBase64Fault(text: string): number | undefined {
  // The long and usual part in one go: what is before the first odd character is whole groups of four and a rest.
  const odd = text.search(outsideAlphabet);
  if (odd === -1) return text.length % 4 === 0 ? undefined : text.length - (text.length % 4);
  return findFaultFrom(text, odd - (odd % 4));
}

function findFaultFrom(text: string, start: number): number | undefined {
  let inGroup = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\n' || character === '\r') continue;
    if (character === '=') return findPaddingFault(text, { at, inGroup });
    if (outsideAlphabet.test(character)) return at;
    inGroup = (inGroup + 1) % 4;
  }
  return inGroup === 0 ? undefined : text.length - inGroup;
}

function findPaddingFault(text: string, { at, inGroup }: { at: number; inGroup: number }): number | undefined {
  if (inGroup < 2) return at;
  let next = skipLineBreaks(text, at + 1);
  if (inGroup === 2) {
    if (next === text.length) return next;
    if (text[next] !== '=') return next - 1;
    next = skipLineBreaks(text, next + 1);
  }
  return next < text.length ? next : undefined;
}

function skipLineBreaks(text: string, from: number): number {
  let at = from;
  while (text[at] === '\n' || text[at] === '\r') at += 1;
  return at;
}
