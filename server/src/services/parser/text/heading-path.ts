/**
 * Follows the headings of a document. Each call gives the chain of headings that the new one stands under, itself last;
 * level 1 is the outermost, and skipped levels are no part of the chain.
 */
export function createHeadingPath(): (level: number, heading: string) => readonly string[] {
  const open: { level: number; heading: string }[] = [];
  return (level, heading) => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    open.push({ level, heading });
    return open.map((entry) => entry.heading);
  };
}
