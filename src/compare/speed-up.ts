import { bootstrapInterval, type Interval } from "./bootstrap.ts";

/** How many times as fast as the first variant. */
export interface SpeedUp {
  /** The first variant's time over this one's, a seed each; null where either has none. */
  readonly perSeed: readonly (number | null)[];
  /** Over the seeds that have one. */
  readonly mean: number;
  /** 95 %, by paired bootstrap over the seeds; null for fewer than two. */
  readonly interval: Interval | null;
}

/** Of times by seed, in the same order in both. Null when no seed has both. */
export function speedUp(
  first: readonly (number | null)[],
  other: readonly (number | null)[],
): SpeedUp | null {
  const perSeed = first.map((time, at) => {
    const own = other[at] ?? null;
    return time === null || own === null || own <= 0 ? null : time / own;
  });
  const ratios = perSeed.filter((ratio) => ratio !== null);
  if (ratios.length === 0) return null;
  const mean = ratios.reduce((total, ratio) => total + ratio, 0) / ratios.length;
  return { perSeed, mean, interval: bootstrapInterval(ratios) };
}
