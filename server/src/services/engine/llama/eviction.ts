/** A model that may be unloaded. */
export interface Candidate {
  /** Memory that becomes free. */
  readonly bytes: number;
  /** Milliseconds, of its last use. */
  readonly usedAt: number;
  /** Goes only when the others do not suffice. */
  readonly isPermanent: boolean;
}

/**
 * The least valuable models whose memory makes up so many bytes, or all when that is not enough. What is large takes long
 * to load again, what was used lately is likely wanted again: a model is worth its bytes divided by the time since its
 * last use. None goes whose memory the others make up for.
 */
export function chooseVictims<T extends Candidate>(
  candidates: readonly T[],
  { bytes, now }: { bytes: number; now: number },
): T[] {
  const worth = ({ bytes: size, usedAt }: T): number => size / Math.max(1, now - usedAt);
  const leastWorthFirst = candidates.toSorted(
    (one, other) => Number(one.isPermanent) - Number(other.isPermanent) || worth(one) - worth(other),
  );
  const victims: T[] = [];
  while (sum(victims) < bytes && victims.length < leastWorthFirst.length) {
    victims.push(...leastWorthFirst.slice(victims.length, victims.length + 1));
  }
  return victims.reduceRight<T[]>((needed, victim) => {
    const others = needed.filter((one) => one !== victim);
    return sum(others) >= bytes ? others : needed;
  }, victims);
}

function sum(candidates: readonly Candidate[]): number {
  return candidates.reduce((total, { bytes }) => total + bytes, 0);
}
