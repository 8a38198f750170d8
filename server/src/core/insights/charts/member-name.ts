import type { Cell } from '../../../models/table.ts';
import { cleanName } from '../narrative/clean-name.ts';
import type { WordingOptions } from '../narrative/label-text.ts';

const others = { pt: 'demais', en: 'others' } as const;

/** A member beside its bar; the small groups, which have no name, are one. */
export function memberName(cell: Cell | undefined, { language }: Pick<WordingOptions, 'language'>): string {
  return cell === null || cell === undefined ? `(${others[language]})` : cleanName(String(cell), 40) || '–';
}
