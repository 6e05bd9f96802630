import seedrandom from "seedrandom";
import { quantile } from "../metrics/summary.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Efron and Tibshirani 1993: some thousand resamples for an interval. */
export const resamples = 10_000;

/**
 * A percentile bootstrap 95 % interval of the mean (Efron 1979): `values` are drawn again with replacement 10,000 times, and
 * the middle 95 % of the means are the interval. For a paired comparison each value is one pair's own ratio or difference.
 * The same values give the same interval. Null for fewer than two: one says nothing of how far others would be.
 */
export function bootstrapInterval(values: readonly number[]): Interval | null {
  const count = values.length;
  if (count < 2) return null;
  const next = seedrandom.alea("bootstrap");
  const means = new Float64Array(resamples);
  for (let at = 0; at < resamples; at++) {
    let total = 0;
    for (let drawn = 0; drawn < count; drawn++) {
      total += values[Math.floor(next() * count)] as number;
    }
    means[at] = total / count;
  }
  const ascending = [...means.sort()];
  return {
    low: quantile(ascending, 0.025) as number,
    high: quantile(ascending, 0.975) as number,
  };
}
