import type { Experiment, ExperimentCell, KeptRun } from "../../src/experiments/experiment.ts";
import type { KeptTimes } from "../../src/experiments/kept-times.ts";

/** What could be kept of the runs of an experiment: once as published, and once as far from it as can be. */
export interface SyntheticRuns {
  readonly asPublished: (cell: ExperimentCell) => unknown;
  readonly otherwise: (cell: ExperimentCell) => unknown;
}

/** Times of peers that all completed at the same moment. */
export function sameTimes(seconds: number, peers = 10): KeptTimes {
  return { peers, completed: peers, mean: seconds, median: seconds, last: seconds };
}

/** By the experiments' names. */
export const syntheticRuns: Readonly<Record<string, SyntheticRuns>> = {
  "mundinger-2006-bound": {
    asPublished: ({ variant }) => sameTimes(140 + Number(variant) / 100),
    otherwise: ({ variant }) => sameTimes(Number(variant)),
  },
};

/** The runs of an experiment with so many seeds, without running them. */
export function syntheticRunsOf(
  experiment: Experiment,
  seeds: number,
  kept: (cell: ExperimentCell) => unknown,
): KeptRun<unknown>[] {
  return experiment.cells(seeds).map(({ scenario, ...cell }) => {
    // As from a file.
    return { cell, kept: JSON.parse(JSON.stringify(kept({ scenario, ...cell }))) as unknown };
  });
}
