import { naturalLogarithm } from "../core/logarithm.ts";
import { quantile } from "../metrics/summary.ts";
import { leechingSeconds } from "./measures.ts";
import type { RunFigures } from "./run-figures.ts";

/** A side that gets nothing is not infinitely slow, or nothing could be averaged. */
const mostTimesAsFast = 100;

/**
 * How fast the leechers of these classes are: the median over them of useful bytes per second of their time as leechers. One
 * that completed counts with the whole file over its completion time, another with what it has. Null when there are none.
 */
export function speedOf(run: RunFigures, classes: readonly string[]): number | null {
  const rates: number[] = [];
  for (const peer of run.peers) {
    if (peer.role === "seeder" || !classes.includes(peer.class)) continue;
    const seconds = leechingSeconds(peer, run);
    if (seconds > 0) rates.push((peer.downloadedBytes - peer.wastedBytes) / seconds);
  }
  return quantile(
    rates.sort((a, b) => a - b),
    0.5,
  );
}

/** The natural logarithm of how many times as fast `first` is as `second`, at most 100 times. Null where either is null. */
export function logSpeedRatio(first: number | null, second: number | null): number | null {
  if (first === null || second === null) return null;
  if (first === second) return 0;
  const ratio = second > 0 ? first / second : mostTimesAsFast;
  return naturalLogarithm(Math.min(mostTimesAsFast, Math.max(1 / mostTimesAsFast, ratio)));
}
