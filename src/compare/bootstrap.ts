import seedrandom from "seedrandom";
import { quantile } from "../metrics/summary.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Efron and Tibshirani 1993: some thousand resamples for an interval. */
export const resamples = 10_000;

/**
 * A percentile bootstrap 95 % interval of the mean, or of another statistic (Efron 1979): `values` are drawn again with
 * replacement 10,000 times, and the middle 95 % of their means are the interval. For a paired comparison each value is one pair's own ratio or difference.
 * The same values give the same interval. Null for fewer than two: one says nothing of how far others would be.
 */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (resample: Float64Array) => number = meanOf,
): Interval | null {
  const count = values.length;
  if (count < 2) return null;
  const next = seedrandom.alea("bootstrap");
  const statistics = new Float64Array(resamples);
  const resample = new Float64Array(count);
  for (let at = 0; at < resamples; at++) {
    for (let drawn = 0; drawn < count; drawn++) {
      resample[drawn] = values[Math.floor(next() * count)] as number;
    }
    statistics[at] = statistic(resample);
  }
  const ascending = [...statistics.sort()];
  return {
    low: quantile(ascending, 0.025) as number,
    high: quantile(ascending, 0.975) as number,
  };
}

function meanOf(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}
