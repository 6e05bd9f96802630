import type { MeanOfSeeds } from "../../compare/shares.ts";
import { ratio } from "../units.ts";

/** The geometric mean of what is given as logarithms, and its interval: `1.05 (1.02–1.08)`; a dash for none. */
export function timesAsFast(logRatio: MeanOfSeeds | null): string {
  if (logRatio === null) return "–";
  const { mean, interval } = logRatio;
  if (interval === null) return ratio(Math.exp(mean));
  return `${ratio(Math.exp(mean))} (${ratio(Math.exp(interval.low))}–${ratio(Math.exp(interval.high))})`;
}

/** The mean of those that there are; null of none. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}
