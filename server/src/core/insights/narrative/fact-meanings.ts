// Facts whose sign says up or down. Any other is a level, a share or a count, of which "fell" would say nothing.
const changes = new Set(['change', 'change_pct', 'difference_pct', 'part', 'rate_effect', 'mix_effect']);

/** Whether the sign of a fact of that name, or of one of several with a number behind it, means up or down. */
export function isChange(name: string): boolean {
  return changes.has(name.replace(/\d+$/, ''));
}
