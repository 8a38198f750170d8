import { inEnglish } from '../../src/errors/told.ts';
import type { PartHealth } from '../../src/models/part-health.ts';

/** How a part is, as an English reader sees it. */
export function shownHealth({ why, ...health }: PartHealth): Omit<PartHealth, 'why'> & { why: string | null } {
  return { ...health, why: why && inEnglish(why) };
}
