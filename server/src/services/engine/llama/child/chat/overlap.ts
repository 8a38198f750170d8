/** Length of the longest end of the text that may be the beginning of one of the others. */
export function unfinished(text: string, others: readonly string[]): number {
  let longest = 0;
  for (const other of others) {
    for (let length = Math.min(other.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(other.slice(0, length))) longest = length;
    }
  }
  return longest;
}

/** How much of the text is left without the white space at its end. */
export function trimmedLength(text: string): number {
  return text.trimEnd().length;
}
