import { chiSquareTail, fisherTail } from './distributions.ts';
import { ranks, sum, tieSum } from './order-statistics.ts';

/** What the test needs to know of a group: its size, and the sum of its ranks among all values. */
export interface RankedGroup {
  size: number;
  rankSum: number;
}

export interface KruskalWallis {
  h: number;
  p: number;
  /** The same by Fisher's F of the ranks (Iman and Davenport, 1976): chi-square is far too careful with groups of three. */
  pOfRanks: number;
  /** Share of the variance of ranks between the groups: H / (n - 1) (Tomczak and Tomczak, 2014). */
  epsilonSquared: number;
  n: number;
}

/** Whether groups have the same distribution (Kruskal and Wallis, 1952), corrected for ties. */
export function kruskalWallis(groups: readonly (readonly number[])[]): KruskalWallis {
  const all = groups.flat();
  const rank = ranks(all);
  let start = 0;
  const ranked = groups.map((group) => {
    const rankSum = sum(rank.slice(start, (start += group.length)));
    return { size: group.length, rankSum };
  });
  return kruskalWallisOfRanks(ranked, { ties: tieSum(all) });
}

/**
 * The same of sums of ranks, as a query gives them. `ties` is Σ (t³ - t). `inflation` says how many times the variance of
 * a mean is that of independent values (1: they are independent), and `freedom` from how many values that is known.
 */
export function kruskalWallisOfRanks(
  groups: readonly RankedGroup[],
  { ties, inflation = 1, freedom = Infinity }: { ties: number; inflation?: number; freedom?: number },
): KruskalWallis {
  const n = sum(groups.map(({ size }) => size));
  const between = sum(groups.map(({ size, rankSum }) => rankSum ** 2 / size));
  const correction = 1 - ties / (n ** 3 - n);
  const h = correction > 0 ? ((12 / (n * (n + 1))) * between - 3 * (n + 1)) / correction : 0;
  const degrees = groups.length - 1;
  const within = Math.min(n - groups.length, freedom);
  const f = h / degrees / ((n - 1 - h) / (n - groups.length));
  return {
    h,
    p: chiSquareTail(h / inflation, degrees),
    pOfRanks: fisherTail(f / inflation, { between: degrees, within }),
    epsilonSquared: h / (n - 1),
    n,
  };
}
