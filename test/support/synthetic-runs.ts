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

/** Times of peers whose last, median and mean are the same, and what they gave. */
function served(seconds: number, copies: number, most: number, utilisation: number) {
  const service = {
    meanCopies: copies,
    mostCopies: most,
    utilisation,
    meanUtilisation: utilisation,
  };
  return { ...sameTimes(seconds), ...service };
}

/** Of Bharambe's variants: mean completion of 100 peers at the published multiple of the bound, and utilisation. */
const bharambeSeed: Readonly<Record<string, readonly [number, number]>> = {
  "seed 6000": [1872, 0.95],
  "seed 800": [2131, 0.843],
  "seed 400": [2773, 0.73],
  "seed 400, random order": [2883, 0.703],
  "seed 400, smartseed": [2280, 0.858],
};

function legout2007(clustering: number, medians: readonly [number, number, number]) {
  const [slow, middle, fast] = medians;
  return {
    times: { slow: sameTimes(slow), middle: sameTimes(middle), fast: sameTimes(fast) },
    clustering: { slow: clustering, middle: clustering, fast: clustering },
  };
}

function legout2006(interest: number, medianSeconds: number) {
  const quantiles = new Array<number>(51).fill(interest);
  return { local: quantiles, remote: quantiles, medianSeconds };
}

/** The first number in a variant's name. */
function numberIn({ variant }: ExperimentCell): number {
  return Number(/[\d.]+/.exec(variant)?.[0]);
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
    asPublished: ({ variant }) =>
      crowdTimes(variant.replace(", 64 KiB in flight", "") as keyof typeof fig12),
    otherwise: ({ variant }) => [/^BitTyrant(, 64|$)/.test(variant) ? 200 : 100],
  },
  "bharambe-2006-seed-bandwidth": {
    asPublished: ({ variant }) => {
      const [seconds, utilisation] = bharambeSeed[variant] ?? [2000, 0.95];
      return served(seconds, 1, 1.1, utilisation);
    },
    otherwise: ({ variant }) => served(variant.includes("random") ? 5000 : 9000, 1, 1, 0.4),
  },
  "bharambe-2006-fairness": {
    asPublished: ({ variant }) =>
      variant.startsWith("rate")
        ? {
            slow: served(3050, 0.47, 0.8, 1),
            middle: served(1330, 0.62, 1.2, 1),
            fast: served(520, 1.73, 6.1, 1),
          }
        : {
            slow: served(4005, 0.61, 0.8, 1),
            middle: served(2095, 0.99, 1.2, 1),
            fast: served(604, 1.21, 1.39, 1),
          },
    otherwise: ({ variant }) => {
      const all = served(9000, 0.9, variant.startsWith("rate") ? 1 : 5, 1);
      return { slow: all, middle: all, fast: all };
    },
  },
  "legout-2007-clustering": {
    asPublished: ({ variant }) => ({
      ...(variant === "seed 200 kB/s"
        ? legout2007(0.6, [3500, 1900, 800])
        : legout2007(0.35, [1500, 1500, 1500])),
      utilisation: 0.95,
      seedSpread: 0.2,
    }),
    otherwise: () => ({ ...legout2007(0.3, [99, 99, 99]), utilisation: 0.5, seedSpread: 0.9 }),
  },
  "legout-2006-rarest-first": {
    asPublished: ({ variant }) =>
      variant === "rarest-first"
        ? legout2006(1, 300)
        : variant === "random"
          ? legout2006(0.95, 310)
          : legout2006(0.5, 500),
    otherwise: ({ variant }) =>
      variant === "rarest-first"
        ? legout2006(0.5, 300)
        : variant === "random"
          ? legout2006(0.8, 200)
          : legout2006(0.95, 100),
  },
  "qiu-srikant-2004-scaling": {
    asPublished: ({ variant }) => {
      const seconds = variant.includes("250 s") ? 250 : 450;
      return { seconds, leechers: seconds / 10, seeders: 5 };
    },
    otherwise: ({ variant }) => {
      return { seconds: variant.includes("0.02 per s") ? 1000 : 2000, leechers: 200, seeders: 0 };
    },
  },
  "qiu-srikant-2004-free-riders": {
    asPublished: (cell) => {
      const share = 1 / (numberIn(cell) + 1);
      return { share, shareOfPeers: share };
    },
    otherwise: () => ({ share: 0.9, shareOfPeers: 0.9 }),
  },
  "sirivianos-2007-large-view": {
    asPublished: (cell) => {
      const seconds = 100 + numberIn(cell);
      return { compliant: sameTimes(seconds), rider: sameTimes(0.9 * seconds) };
    },
    otherwise: (cell) => {
      const seconds = 200 - numberIn(cell);
      return { compliant: sameTimes(seconds), rider: sameTimes(2 * seconds) };
    },
  },
  "hajek-zhu-2010-one-club": {
    asPublished: (cell) => ({ population: [60, 5], slope: 0.1 * (1 - numberIn(cell)) }),
    otherwise: () => ({ population: [60, 200], slope: 1 }),
  },
  "mundinger-2006-bound": {
    asPublished: (cell) => sameTimes(140 + numberIn(cell) / 100),
    otherwise: (cell) => sameTimes(numberIn(cell)),
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
