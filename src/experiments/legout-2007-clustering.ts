import { measuresOf } from "../compare/measures.ts";
import { figuresOf } from "../compare/run-figures.ts";
import { clusteringIndex } from "../metrics/fairness.ts";
import type { RunResult } from "../metrics/results.ts";
import { bandFinding, estimateOf, finding, paired } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { type Figure, pointOf } from "./figure.ts";
import { type KeptTimes, timesOf } from "./kept-times.ts";

/** kB/s of upload and number of leechers. */
const classes = [
  { name: "slow", upload: 20, count: 13 },
  { name: "middle", upload: 50, count: 14 },
  { name: "fast", upload: 200, count: 13 },
] as const;

type ClassName = (typeof classes)[number]["name"];

interface Kept {
  readonly times: Readonly<Record<ClassName, KeptTimes>>;
  /** Mean of the leechers of the class. */
  readonly clustering: Readonly<Record<ClassName, number | null>>;
  /** Of all leechers, until they leave. */
  readonly utilisation: number | null;
  /** Standard deviation over mean of the times (s) for which the seed unchoked the leechers. */
  readonly seedSpread: number | null;
}

const wellProvisioned = "seed 200 kB/s";
const underProvisioned = "seed 100 kB/s";

function scenario(seedRate: number): object {
  return {
    name: `Legout 2007, seed of ${seedRate} kB/s`,
    torrent: { size: `${453 * 256} KiB`, pieceLength: "256 KiB" },
    peers: [
      {
        class: "seed",
        role: "seeder",
        count: 1,
        upload: `${seedRate} KB/s`,
        download: "unlimited",
      },
      ...classes.map(({ name, upload, count }) => ({
        class: name,
        count,
        upload: `${upload} KB/s`,
        download: "unlimited",
        leave: "on-completion",
      })),
    ],
    stop: { atMost: "10 h" },
    sampleInterval: "30 s",
  };
}

const variants = [
  { name: wellProvisioned, scenario: scenario(200), observe: ["unchoke-times"] as const },
  { name: underProvisioned, scenario: scenario(100), observe: ["unchoke-times"] as const },
];

/** Legout and others 2007: like finds like, if the seed is fast enough. */
export const legout2007Clustering: Experiment<Kept> = {
  name: "legout-2007-clustering",
  title: "Peers find peers of their own speed, and a slow seed takes that away",
  source:
    "A. Legout, N. Liogkas, E. Kohler and L. Zhang, Clustering and sharing incentives in BitTorrent systems, SIGMETRICS 2007, the runs with a well-provisioned and an underprovisioned initial seed",
  rank: "statistical",
  paper:
    "40 instrumented clients on PlanetLab (13 with 20 kB/s up, 14 with 50, 13 with 200) and one seed share 113 MB, all at once, and leave when they are done. With a seed as fast as the fastest leecher, peers unchoke mostly peers of their own class, who contributes more is done sooner, uplinks are used well, and the seed serves everybody for the same time. With a seed of half that rate there is hardly any clustering, and contributing pays less.",
  differences: [
    "Full scale: as many peers, the same file, slots, uplinks and client (mainline 4.x).",
    "PlanetLab's delays and losses are not known: delays are 5 to 50 ms from each peer to the core, and TCP has no losses.",
    "The paper reports figures and few numbers, of which its abstract and summaries were at hand. The tolerances are ours, chosen before the runs; how equal the seed's service is was at first measured with the fast seed, over each peer's stay, and came to 0.36.",
    "The seed's service is compared with the slow seed, where all are there for about as long. With the fast one the slow stay four times as long as the fast, and share the seed with fewer and fewer.",
    "A peer's index is the time for which a peer of its own class was unchoked by it, over the sum of these times of the three classes; a third is no preference. Only its time as a leecher counts.",
  ],
  seeds: 10,
  cells: (seeds) => cellsOf(variants, seeds),
  keep,
  judge,
  figures,
};

function keep(result: RunResult): Kept {
  const perClass = <T>(value: (name: ClassName) => T) => ({
    slow: value("slow"),
    middle: value("middle"),
    fast: value("fast"),
  });
  return {
    times: perClass((name) => timesOf(result, name)),
    clustering: perClass((name) => clusteringOf(result, name)),
    utilisation: measuresOf(figuresOf(result)).uplinkUtilisation,
    seedSpread: seedSpreadOf(result),
  };
}

function clusteringOf(result: RunResult, own: ClassName): number | null {
  const rows = result.observed?.["unchoke-times"] ?? [];
  const classOf = new Map(result.peers.map((peer) => [peer.peer, peer.class]));
  const indexes = result.peers.flatMap((peer) => {
    if (peer.class !== own) return [];
    const times = classes.map(({ name, count }) => {
      const theirs = rows.filter((row) => row.from === peer.peer && classOf.get(row.to) === name);
      const seconds = theirs.reduce((sum, row) => sum + row.value, 0);
      return { class: name, peers: name === own ? count - 1 : count, seconds };
    });
    return clusteringIndex(own, times) ?? [];
  });
  return indexes.length === 0 ? null : indexes.reduce((sum, one) => sum + one, 0) / indexes.length;
}

function seedSpreadOf(result: RunResult): number | null {
  const seeds = new Set(result.peers.filter((one) => one.role === "seeder").map((one) => one.peer));
  const served = new Map(
    result.peers.filter((one) => one.role === "leecher").map((one) => [one.peer, 0]),
  );
  for (const { from, to, value } of result.observed?.["unchoke-times"] ?? []) {
    if (seeds.has(from)) served.set(to, (served.get(to) ?? 0) + value);
  }
  const times = [...served.values()];
  const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
  const squares = times.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  return times.length < 2 || mean === 0 ? null : Math.sqrt(squares / (times.length - 1)) / mean;
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const gap = (slower: ClassName, faster: ClassName) => {
    const ratio = estimateOf(runs, wellProvisioned, ({ times }) => {
      const [a, b] = [times[slower].median, times[faster].median];
      return a === null || b === null ? null : a / b;
    });
    return finding(
      {
        what: `Median completion of ${slower} peers against ${faster} ones, seed 200 kB/s`,
        published: "who contributes more is done sooner",
        ours: { ...ratio, unit: "×" },
        tolerance: "at least 1.15",
      },
      (ratio.interval?.high ?? ratio.value ?? 0) >= 1.15,
      "the classes are done nearly together",
    );
  };
  return [
    bandFinding({
      what: "Clustering index of fast peers, seed 200 kB/s",
      published: "clustered: well above 1/3",
      ours: estimateOf(runs, wellProvisioned, ({ clustering }) => clustering.fast),
      unit: "",
      tolerance: "interval reaches into 0.5 … 1",
      low: 0.5,
      high: 1,
      because: "fast peers unchoke others for more than half of the time",
    }),
    finding(
      {
        what: "Clustering index of fast peers: what a seed of 100 kB/s takes away",
        published: "clustering is not seen with the slow seed",
        ours: { ...lossOf(runs), unit: "" },
        tolerance: "at least 0.1",
      },
      (lossOf(runs).interval?.high ?? lossOf(runs).value ?? 0) >= 0.1,
      "fast peers cluster with the slow seed nearly as much",
    ),
    gap("slow", "middle"),
    gap("middle", "fast"),
    bandFinding({
      what: "Utilisation of the leechers' uplinks, seed 200 kB/s",
      published: "high",
      ours: estimateOf(runs, wellProvisioned, ({ utilisation }) => utilisation),
      unit: "",
      tolerance: "interval reaches into 0.9 … 1",
      low: 0.9,
      high: 1,
      because: "a tenth or more of the leechers' capacity is not used over their stay",
    }),
    bandFinding({
      what: "Spread of the seed's service with a seed of 100 kB/s: deviation over mean of the times for which it unchoked each leecher",
      published: "the seed serves everybody for the same time",
      ours: estimateOf(runs, underProvisioned, ({ seedSpread }) => seedSpread),
      unit: "",
      tolerance: "interval reaches into 0 … 0.35",
      low: 0,
      high: 0.35,
      because: "some leechers have the seed for much longer than others",
    }),
  ];
}

function lossOf(runs: readonly KeptRun<Kept>[]) {
  return paired(
    runs,
    [wellProvisioned, underProvisioned],
    ({ clustering }) => clustering.fast,
    (rich, poor) => rich - poor,
  );
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  const series = (pick: (kept: Kept, name: ClassName) => number | null) =>
    [wellProvisioned, underProvisioned].map((variant) => ({
      name: variant,
      isPublished: false,
      mark: "points" as const,
      points: classes.flatMap(({ name, upload }) =>
        pointOf(
          `${name} (${upload} kB/s)`,
          estimateOf(runs, variant, (kept) => pick(kept, name)),
        ),
      ),
    }));
  const x = { title: "class of leechers", scale: "category" } as const;
  return [
    {
      id: "clustering",
      title: "Fast peers unchoke fast peers, if the seed is fast",
      caption:
        "Clustering index of a class: how much of its unchoking goes to its own class. A third is no preference",
      x,
      y: { title: "clustering index", scale: "linear", domain: [0, 1] },
      series: [
        ...series(({ clustering }, name) => clustering[name]),
        {
          name: "no preference",
          isPublished: true,
          mark: "curve",
          points: classes.map(({ name, upload }) => ({ x: `${name} (${upload} kB/s)`, y: 1 / 3 })),
        },
      ],
    },
    {
      id: "completion",
      title: "Contributing pays with a fast seed, and little with a slow one",
      caption: "Median completion time of a class",
      x,
      y: { title: "median completion (s)", scale: "linear" },
      series: series(({ times }, name) => times[name].median),
    },
  ];
}
