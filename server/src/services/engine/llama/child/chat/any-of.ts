/**
 * The source of a pattern for any of the texts, the longest that fits. Common beginnings are written once, so that a
 * place where none of them begins is passed quickly.
 */
export function anyOf(texts: readonly string[]): string {
  return texts.length === 0 ? '(?!)' : alternatives(texts.map((text) => Array.from(text)));
}

function alternatives(texts: readonly (readonly string[])[]): string {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const [first, ...rest] of texts) {
    if (first === undefined) continue;
    const rests = byFirst.get(first);
    if (rests === undefined) byFirst.set(first, [rest]);
    else rests.push(rest);
  }
  return [...byFirst].map(([first, rests]) => escaped(first) + restPattern(rests)).join('|');
}

function restPattern(rests: readonly (readonly string[])[]): string {
  const longer = rests.filter((rest) => rest.length > 0);
  if (longer.length === 0) return '';
  if (longer.length === rests.length && longer.length === 1) return alternatives(longer);
  return `(?:${alternatives(longer)})${longer.length < rests.length ? '?' : ''}`;
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
