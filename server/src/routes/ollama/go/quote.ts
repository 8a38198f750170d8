const longestQuoted = 200;

/** As Go's `%q` for what people write; the beginning of what is far too long. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, longestQuoted).toWellFormed());
}
