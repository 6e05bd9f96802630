import type { Experiment, ExperimentCell, KeptRun } from "../../src/experiments/experiment.ts";
import type { KeptTimes } from "../../src/experiments/kept-times.ts";
import { published as fig12, quantiles } from "../../src/experiments/piatek-2007-everybody.ts";
import { published as fig11 } from "../../src/experiments/piatek-2007-single.ts";

/** What could be kept of the runs of an experiment: once as published, and once as far from it as can be. */
export interface SyntheticRuns {
  readonly asPublished: (cell: ExperimentCell) => unknown;
  readonly otherwise: (cell: ExperimentCell) => unknown;
  /** How many seeds it takes for an interval as narrow as it must be; 3 by default. */
  readonly seeds?: number;
}

/** Times of peers that all completed at the same moment. */
export function sameTimes(seconds: number, peers = 10): KeptTimes {
  return { peers, completed: peers, mean: seconds, median: seconds, last: seconds };
}

/** Times at the quantiles of Fig. 12, on straight lines between them, one a hundredth. */
function crowdTimes(name: keyof typeof fig12): number[] {
  const times = fig12[name];
  return Array.from({ length: 101 }, (_, hundredth) => {
    const share = hundredth / 100;
    const after = quantiles.findIndex((one) => one >= share - 1e-9);
    if (after <= 0) return (after < 0 ? times.at(-1) : times[0]) as number;
    const [low, high] = [quantiles[after - 1] as number, quantiles[after] as number];
    const [from, to] = [times[after - 1] as number, times[after] as number];
    return from + ((share - low) / (high - low)) * (to - from);
  });
}

/** A client's time in Fig. 11: its mean, and a deviation below or above it, by the seed. */
function clientTime({ variant, seed }: ExperimentCell): number {
  const [client = "", cap = ""] = variant.split(", ");
  const row = fig11.find((one) => String(one.cap) === cap);
  if (row === undefined) return 209 / 1.3; // with few neighbours
  const [mean, deviation] = row[client as "Azureus" | "BitTyrant"];
  return mean + (seed - 2) * deviation;
}

/** By the experiments' names. */
export const syntheticRuns: Readonly<Record<string, SyntheticRuns>> = {
  "piatek-2007-live": {
    seeds: 12,
    asPublished: ({ variant, seed }) =>
      variant === "BitTyrant"
        ? 100
        : [98, 160, 165, 172, 172, 172, 180, 190, 200, 220, 250, 300][seed - 1],
    otherwise: ({ variant }) => (variant === "BitTyrant" ? 100 : 120),
  },
  "piatek-2007-single": {
    asPublished: clientTime,
    otherwise: ({ variant, seed }) => {
      if (variant.startsWith("Azureus")) return 90;
      return (variant.endsWith("1024") ? 220 : 100) + 5 * seed;
    },
  },
  "piatek-2007-everybody": {
    asPublished: ({ variant }) => crowdTimes(variant as keyof typeof fig12),
    otherwise: ({ variant }) => [variant === "BitTyrant" ? 200 : 100],
  },
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
