import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../src/core/insights/statistics/benjamini-hochberg.ts';
import {
  chiSquareTail,
  normalTwoSided,
  studentLogDensity,
  studentTwoSided,
} from '../../../src/core/insights/statistics/distributions.ts';
import { effectiveSize } from '../../../src/core/insights/statistics/effective-size.ts';
import { kruskalWallis, kruskalWallisOfRanks } from '../../../src/core/insights/statistics/kruskal-wallis.ts';
import { mannKendall } from '../../../src/core/insights/statistics/mann-kendall.ts';
import { autocorrelation, excessKurtosis, skewness } from '../../../src/core/insights/statistics/moments.ts';
import { modifiedZ, ranks, robustDeviation } from '../../../src/core/insights/statistics/order-statistics.ts';
import { pettitt } from '../../../src/core/insights/statistics/pettitt.ts';
import { fisherP, partial, spearman } from '../../../src/core/insights/statistics/spearman.ts';
import { theilSen } from '../../../src/core/insights/statistics/theil-sen.ts';
import { airQualityOzone, nile } from '../../support/insights/published-series.ts';
import { createRandom } from '../../support/insights/seeded-choices.ts';

describe('tail probabilities are those of the published tables', () => {
  it('of the normal distribution', () => {
    expect(normalTwoSided(1.959963985)).toBeCloseTo(0.05, 9);
    expect(normalTwoSided(-3.290526731)).toBeCloseTo(0.001, 9);
    // R: 2 * pnorm(-8) is 1.244192e-15.
    expect(normalTwoSided(8) / 1.244192e-15).toBeCloseTo(1, 5);
    expect(normalTwoSided(0)).toBe(1);
  });

  it('of chi-square', () => {
    expect(chiSquareTail(3.841458821, 1)).toBeCloseTo(0.05, 9);
    expect(chiSquareTail(18.30703805, 10)).toBeCloseTo(0.05, 9);
    expect(chiSquareTail(2.705543454, 1)).toBeCloseTo(0.1, 9);
    expect(chiSquareTail(0, 3)).toBe(1);
  });

  it("of Student's t", () => {
    expect(studentTwoSided(2.228138852, 10)).toBeCloseTo(0.05, 9);
    expect(studentTwoSided(12.70620474, 1)).toBeCloseTo(0.05, 9);
    expect(studentTwoSided(-4.604094871, 4)).toBeCloseTo(0.01, 9);
  });

  it("with the density of Student's t", () => {
    // R: dt(1, 3) is 0.2067483; the scale divides it.
    expect(Math.exp(studentLogDensity(2, { degrees: 3, scale: 2 }))).toBeCloseTo(0.2067483 / 2, 6);
  });
});

describe('order statistics', () => {
  it('rank equal values with the mean of their ranks', () => {
    expect(ranks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
  });

  it('scale the median absolute deviation as R does', () => {
    // R: mad(c(1, 2, 3, 4, 100)) is 1.4826.
    expect(robustDeviation([1, 2, 3, 4, 100])).toBeCloseTo(1.4826, 4);
    expect(modifiedZ([1, 2, 3, 4, 100])?.[4]).toBeCloseTo(97 / 1.4826, 3);
  });

  it('know no distance where most values are the same', () => {
    expect(modifiedZ([3, 3, 3, 9])).toBeNull();
  });
});

describe('moments', () => {
  it('are those of a binomial sample, by hand', () => {
    // Three zeros and a one: mean 1/4, m2 = 3/16, m3 = 3/32, m4 = 21/256.
    expect(skewness([0, 0, 0, 1])).toBeCloseTo(2 / Math.sqrt(3), 12);
    expect(excessKurtosis([0, 0, 0, 1])).toBeCloseTo(7 / 3 - 3, 12);
  });

  it('of the Nile: the lag-1 autocorrelation of R, 0.498', () => {
    expect(autocorrelation(nile, 1)).toBeCloseTo(0.498, 2);
  });
});

describe('tests of series', () => {
  it('find the year in which the Nile fell, 1899', () => {
    const shift = pettitt(nile);
    expect(1871 + shift.at).toBe(1899);
    expect(shift.p).toBeLessThan(1e-4);
  });

  it('find where a step is, also when it is far from the middle and what varies is drawn to it', () => {
    const random = createRandom(5);
    const normal = (): number => Array.from({ length: 12 }, random.uniform).reduce((sum, value) => sum + value, -6);
    const misses = Array.from({ length: 300 }, () => {
      const since = 18 + random.below(25);
      const series = Array.from({ length: 60 }, (_, index) => normal() + (index < since ? 0 : 6));
      return Math.abs(pettitt(series).at - since);
    });
    expect(misses.filter((miss) => miss > 1).length).toBeLessThan(0.03 * misses.length);
  });

  it('count the pairs of Mann and Kendall', () => {
    // 1 3 2 4: five pairs rise, one falls; its variance is 4 * 3 * 13 / 18.
    const { s, z } = mannKendall([1, 3, 2, 4]);
    expect(s).toBe(4);
    expect(z).toBeCloseTo(3 / Math.sqrt((4 * 3 * 13) / 18), 12);
  });

  it('fit the line of most pairs past an outlier', () => {
    expect(theilSen([1, 3, 5, 7, 900, 11])).toEqual({ slope: 2, intercept: 1 });
  });

  it('trust a series that remembers less than one that does not', () => {
    const remembering = Array.from({ length: 100 }, (_, step) => Math.sin(step / 8));
    const alternating = Array.from({ length: 100 }, (_, step) => (-1) ** step);
    expect(effectiveSize(remembering)).toBeLessThan(10);
    expect(effectiveSize(alternating)).toBe(100);
  });
});

describe('tests of groups', () => {
  it('give what R gives for ozone by month', () => {
    // R: kruskal.test(Ozone ~ Month, data = airquality): chi-squared = 29.267, df = 4, p = 6.901e-06.
    const { h, p, n, epsilonSquared } = kruskalWallis(airQualityOzone);
    expect(h).toBeCloseTo(29.267, 3);
    expect(p).toBeCloseTo(6.901e-6, 9);
    expect(n).toBe(116);
    expect(epsilonSquared).toBeCloseTo(29.267 / 115, 4);
  });

  it('are less sure of values that are worth less', () => {
    const groups = [
      { size: 10, rankSum: 60 },
      { size: 10, rankSum: 150 },
    ];
    const plain = kruskalWallisOfRanks(groups, { ties: 0 });
    expect(kruskalWallisOfRanks(groups, { ties: 0, inflation: 4 }).p).toBeCloseTo(chiSquareTail(plain.h / 4, 1), 12);
  });
});

describe('correlation', () => {
  it('is that of the example of R: rho 0.6 for Hunter L values and panel scores', () => {
    const lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
    const scores = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8];
    expect(spearman(lightness, scores)).toBeCloseTo(0.6, 12);
  });

  it('has the p-value of Fisher and none for a handful of pairs', () => {
    expect(fisherP(0.3, 103)).toBeCloseTo(normalTwoSided(Math.atanh(0.3) * Math.sqrt(100 / 1.06)), 12);
    expect(fisherP(0.99, 9)).toBe(1);
  });

  it('vanishes when a third thing explains it', () => {
    expect(partial({ both: 0.64, firstThird: 0.8, secondThird: 0.8 })).toBeCloseTo(0, 12);
  });
});

describe('Benjamini and Hochberg', () => {
  it('reject the four of their own example', () => {
    const ps = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    const adjusted = benjaminiHochberg(ps.toReversed()).toReversed();
    expect(adjusted.filter((q) => q <= 0.05)).toHaveLength(4);
    // R: p.adjust(p, "BH")[4] is 0.035625.
    expect(adjusted[3]).toBeCloseTo(0.035625, 9);
    expect(adjusted[14]).toBe(1);
  });
});
