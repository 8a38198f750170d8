import { maxNameLength } from '../limits.ts';

/**
 * Names that a column can have: nothing but what can be seen, none empty, none twice (SQL does not tell letters by case).
 * @returns in the same order
 */
export function cleanNames(names: readonly string[]): { name: string; wasRenamed: boolean }[] {
  const taken = new Set<string>();
  return names.map((original, index) => {
    const trimmed = original.trim();
    const name = free(visible(trimmed) || `column_${index + 1}`, taken);
    taken.add(name.toLowerCase());
    return { name, wasRenamed: name !== trimmed };
  });
}

function visible(name: string): string {
  return name
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .slice(0, maxNameLength)
    .trim();
}

function free(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}_${number}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
