import { bootstrapInterval, type Interval } from "./bootstrap.ts";
import { logSpeedRatio, speedOf } from "./mixed-swarm.ts";
import type { RunFigures } from "./run-figures.ts";

/** The runs with one share of the second strategy, a seed each, and which classes play which. */
export interface SharedRuns {
  /** Of the peers in question, 0..1. */
  readonly share: number;
  readonly runs: readonly RunFigures[];
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** How fast both strategies are beside each other. Speeds in bytes per second, a seed each; null where nobody plays it. */
export interface ShareResult {
  readonly share: number;
  readonly first: readonly (number | null)[];
  readonly second: readonly (number | null)[];
  /** The logarithm of how many times as fast the second is as the first, in the same swarm; null where either is missing. */
  readonly logRatio: MeanOfSeeds | null;
}

/** A mean over seeds. */
export interface MeanOfSeeds {
  readonly perSeed: readonly (number | null)[];
  readonly mean: number;
  /** 95 %, by bootstrap over the seeds; null for fewer than two. */
  readonly interval: Interval | null;
}

/** Two strategies in one population, the second with one share after the other. */
export function compareShares(shares: readonly SharedRuns[]): ShareResult[] {
  return shares.map(({ share, runs, first, second }) => {
    const speeds = {
      first: runs.map((run) => speedOf(run, first)),
      second: runs.map((run) => speedOf(run, second)),
    };
    const logRatio = speeds.second.map((speed, at) =>
      logSpeedRatio(speed, speeds.first[at] ?? null),
    );
    return { share, ...speeds, logRatio: meanOfSeeds(logRatio) };
  });
}

/** Null when no seed has a value. */
export function meanOfSeeds(perSeed: readonly (number | null)[]): MeanOfSeeds | null {
  const values = perSeed.filter((value) => value !== null);
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { perSeed, mean, interval: bootstrapInterval(values) };
}
