import type { RunResult } from "../metrics/results.ts";
import { bharambe2006 } from "./bharambe-2006-setup.ts";
import { bandFinding, type Estimate, estimateOf, finding, paired } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { type Figure, pointOf } from "./figure.ts";
import { type KeptService, serviceOf } from "./kept-service.ts";
import { type KeptTimes, timesOf } from "./kept-times.ts";

/** kbit/s down and up, a third of the peers each. */
const classes = [
  { name: "slow", download: 784, upload: 128 },
  { name: "middle", download: 1500, upload: 400 },
  { name: "fast", download: 6000, upload: 3000 },
] as const;

type ClassName = (typeof classes)[number]["name"];
type Kept = Readonly<Record<ClassName, KeptTimes & KeptService>>;

const rates = "rate-based tit-for-tat";
const blocks = "pairwise block tit-for-tat";

function scenario(choker: string): object {
  const { torrent, arrive, settings } = bharambe2006;
  return {
    name: `Bharambe 2006, three classes, ${choker}`,
    torrent,
    network: { headers: "off" },
    peers: [
      {
        class: "seed",
        role: "seeder",
        count: 1,
        upload: "6000 kbit/s",
        download: "6000 kbit/s",
        seedChoker: choker === "tit-for-tat" ? "old-seed" : choker,
        settings,
      },
      ...classes.map(({ name, download, upload }) => ({
        class: name,
        count: 100,
        upload: `${upload} kbit/s`,
        download: `${download} kbit/s`,
        arrive,
        leave: "on-completion",
        choker,
        settings,
      })),
    ],
    stop: { atMost: "6 h" },
    sampleInterval: "20 s",
  };
}

const variants = [
  { name: rates, scenario: scenario("tit-for-tat") },
  { name: blocks, scenario: scenario("pairwise-block-tft") },
];

/** Means of three runs of their simulator for each choker, by class; the greatest share of a single peer. */
const published = {
  [rates]: {
    seconds: { slow: 3050, middle: 1330, fast: 520 },
    copies: { slow: 0.47, middle: 0.62, fast: 1.73 },
    most: 6.1,
  },
  [blocks]: {
    seconds: { slow: 4005, middle: 2095, fast: 604 },
    copies: { slow: 0.61, middle: 0.99, fast: 1.21 },
    most: 1.39,
  },
} as const;

/** Bharambe 2006: who subsidises whom with rate-based and with block-based tit-for-tat. */
export const bharambe2006Fairness: Experiment<Kept> = {
  name: "bharambe-2006-fairness",
  title: "Tit-for-tat by rates is unfair to fast peers, and by blocks it is not",
  source: `${bharambe2006.source}: heterogeneous flash crowd, blocks served by each node, and pairwise block-based tit-for-tat`,
  rank: "statistical",
  paper:
    "A third each of the peers has 784:128, 1500:400 and 6000:3000 kbit/s down and up. With tit-for-tat by rates, fast peers serve up to seven times what they take, and slow ones half of it. If a block goes to a neighbour only while at most two blocks more were sent to it than received, nobody serves much more than he takes. The slow then wait longer.",
  differences: [
    ...bharambe2006.differences,
    "Full scale: 100 peers of each class; theirs are drawn, 91 to 116 of each. Half as many would not do: the seed, which stays, would have twice as much for each slow peer once the others have left.",
    "A block in block-based tit-for-tat is a piece of 256 KiB as theirs, and Δ is 2 as theirs; here it is sent in 16 requests.",
  ],
  seeds: 4,
  cells: (seeds) => cellsOf(variants, seeds),
  keep: (result: RunResult) => ({
    slow: keptOf(result, "slow"),
    middle: keptOf(result, "middle"),
    fast: keptOf(result, "fast"),
  }),
  judge,
  figures,
};

function keptOf(result: RunResult, name: ClassName): KeptTimes & KeptService {
  return { ...timesOf(result, name), ...serviceOf(result, name, bharambe2006.size) };
}

function mostOf(kept: Kept): number {
  return Math.max(...classes.map(({ name }) => kept[name].mostCopies ?? 0));
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const copies = (variant: string, name: ClassName) =>
    estimateOf(runs, variant, (kept) => kept[name].meanCopies);
  return [
    ...classes.map(({ name }) => secondsFinding(runs, name)),
    below(
      "Copies of the file that a slow peer serves, by rates",
      copies(rates, "slow"),
      0.6,
      "0.45–0.49",
      fastUse(runs),
    ),
    above(
      "Copies of the file that a fast peer serves, by rates",
      copies(rates, "fast"),
      1.4,
      "1.63–1.82",
    ),
    above(
      "Most copies that a single peer serves, by rates",
      estimateOf(runs, rates, mostOf),
      3.5,
      "5.9–6.5",
    ),
    below(
      "Most copies that a single peer serves, by blocks",
      estimateOf(runs, blocks, mostOf),
      1.6,
      "1.37–1.40",
    ),
    above(
      "What a slow peer serves more by blocks than by rates, in copies",
      paired(
        runs,
        [blocks, rates],
        (kept) => kept.slow.meanCopies,
        (own, other) => own - other,
      ),
      0.1,
      "0.14",
      unpaid,
    ),
    above(
      "Mean completion of slow peers by blocks against by rates",
      paired(
        runs,
        [blocks, rates],
        (kept) => kept.slow.mean,
        (own, other) => own / other,
      ),
      1.2,
      "1.31 ×",
      unpaid,
    ),
  ];
}

function secondsFinding(runs: readonly KeptRun<Kept>[], name: ClassName): Finding {
  const seconds = published[rates].seconds[name];
  return bandFinding({
    what: `Mean completion of ${name} peers, by rates`,
    published: `${seconds} s`,
    ours: estimateOf(runs, rates, (kept) => kept[name].mean),
    unit: "s",
    tolerance: "interval reaches into ± 15 %",
    low: seconds * 0.85,
    high: seconds * 1.15,
    because: fastUse(runs),
  });
}

/** Why slow peers have more to do: what the fast leave of their uplinks while they are there. */
function fastUse(runs: readonly KeptRun<Kept>[]): string {
  const { value } = estimateOf(runs, rates, ({ fast }) => fast.utilisation);
  const here = value === null ? "nothing" : `${Math.round(value * 100)} %`;
  return `fast peers use ${here} of their uplinks before they leave, and theirs 93 % (1.73 copies in 520 s). What they do not serve, the slow serve each other once the fast have left. Why they use less was not traced`;
}

/** What was traced of a run with 50 peers of each class, seed 1. */
const unpaid =
  "a stranger may get three pieces unpaid (Δ and one more). In a run with half as many peers slow ones met 79 others in the mean, who gave them 0.36 copies unpaid, and the seed 0.27; with Δ = 0 that was 0.12, and slow peers took 3,400 s instead of 2,650";

function below(
  what: string,
  ours: Estimate,
  limit: number,
  text: string,
  because = `it is more than ${limit}`,
): Finding {
  return finding(
    { what, published: text, ours: { ...ours, unit: "" }, tolerance: `at most ${limit}` },
    ours.value !== null && (ours.interval?.low ?? ours.value) <= limit,
    because,
  );
}

function above(
  what: string,
  ours: Estimate,
  limit: number,
  text: string,
  because = `it is less than ${limit}`,
): Finding {
  return finding(
    { what, published: text, ours: { ...ours, unit: "" }, tolerance: `at least ${limit}` },
    ours.value !== null && (ours.interval?.high ?? ours.value) >= limit,
    because,
  );
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  const series = (pick: (kept: Kept[ClassName]) => number | null, key: "seconds" | "copies") =>
    ([rates, blocks] as const).flatMap((variant) => [
      {
        name: variant,
        isPublished: false,
        mark: "points" as const,
        points: classes.flatMap(({ name }) =>
          pointOf(
            name,
            estimateOf(runs, variant, (kept) => pick(kept[name])),
          ),
        ),
      },
      {
        name: `${variant}, their simulator`,
        isPublished: true,
        mark: "points" as const,
        colourOf: variant,
        points: classes.map(({ name }) => ({ x: name, y: published[variant][key][name] })),
      },
    ]);
  const x = { title: "class of peers", scale: "category" } as const;
  return [
    {
      id: "copies",
      title: "Copies of the file that a peer of each class serves",
      caption: "Copies of the file that a peer serves, mean of its class; 1 is as much as it takes",
      x,
      y: { title: "copies served", scale: "linear" },
      series: series((kept) => kept.meanCopies, "copies"),
    },
    {
      id: "completion",
      title: "By blocks the slow wait longer",
      caption: "Mean completion time of a class",
      x,
      y: { title: "mean completion (s)", scale: "linear" },
      series: series((kept) => kept.mean, "seconds"),
    },
  ];
}
