import type { RunResult } from "../metrics/results.ts";
import { minimumDistributionTime } from "../theory/kumar-ross-2006.ts";
import { bharambe2006 } from "./bharambe-2006-setup.ts";
import { bandFinding, estimateOf, finding, paired } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { type Figure, type FigurePoint, pointOf, type Series } from "./figure.ts";
import { type KeptService, serviceOf } from "./kept-service.ts";
import { type KeptTimes, timesOf } from "./kept-times.ts";

type Kept = KeptTimes & KeptService;

/** Uplinks of the seed, kbit/s, with 100 peers. */
const seedRates = [200, 400, 800, 1500, 6000];
/** Peers beside the seed of 6000 kbit/s. */
const peerCounts = [50, 100, 300];

const sweep = (rate: number) => `seed ${rate}`;
const crowd = (count: number) => (count === 100 ? sweep(6000) : `peers ${count}`);
const atRandom = "seed 400, random order";
const smart = "seed 400, smartseed";

function scenario(
  count: number,
  seedRate: number,
  { picker = "rarest-first", seed = { seedChoker: "old-seed" } as object } = {},
): object {
  const { torrent, arrive, settings } = bharambe2006;
  return {
    name: `Bharambe 2006, ${count} peers, a seed of ${seedRate} kbit/s`,
    torrent,
    network: { headers: "off" },
    peers: [
      {
        class: "seed",
        role: "seeder",
        count: 1,
        upload: `${seedRate} kbit/s`,
        download: "1500 kbit/s",
        ...seed,
        settings,
      },
      {
        class: "peer",
        count,
        upload: "400 kbit/s",
        download: "1500 kbit/s",
        arrive,
        leave: "on-completion",
        picker,
        settings,
      },
    ],
    stop: { atMost: "4 h" },
    sampleInterval: "20 s",
  };
}

/** It serves what it served least often, and each piece to its end. */
const smartSeed = { picker: "smartseed", seedChoker: "pairwise-block-tft" };

const variants = [
  ...seedRates.map((rate) => ({ name: sweep(rate), scenario: scenario(100, rate) })),
  { name: atRandom, scenario: scenario(100, 400, { picker: "random" }) },
  { name: smart, scenario: scenario(100, 400, { seed: smartSeed }) },
  ...peerCounts
    .filter((count) => count !== 100)
    .map((count) => ({ name: crowd(count), scenario: scenario(count, 6000) })),
];

/** Of their simulator with 311 to 320 peers: mean completion (s), over its bound, and utilisation. */
const published = {
  rich: { mean: 2055, utilisation: 0.95, toBound: 2055 / leastSeconds(315, 6000) },
  middle: { mean: 2160, utilisation: 0.843, toBound: 2160 / leastSeconds(320, 800) },
  poor: { mean: 2773, utilisation: 0.73, toBound: 2773 / leastSeconds(315, 400) },
  smart: { mean: 2280, utilisation: 0.858, toBound: 2280 / leastSeconds(315, 400) },
  poorAtRandom: { mean: 2883, utilisation: 0.703 },
} as const;

/** Kumar and Ross's bound for so many peers of 400 kbit/s, in seconds. */
function leastSeconds(leechers: number, seedRate: number): number {
  return minimumDistributionTime({
    size: bharambe2006.size,
    leechers,
    seedUpload: seedRate * 125,
    leecherUpload: leechers * 400 * 125,
    slowestDownload: 1500 * 125,
  });
}

/** Bharambe 2006: how well peers use their uplinks, depending on the seed's. */
export const bharambe2006SeedBandwidth: Experiment<Kept> = {
  name: "bharambe-2006-seed-bandwidth",
  title: "Uplinks are used almost in full, unless the seed is as slow as a peer",
  source: `${bharambe2006.source}: homogeneous flash crowd, upload utilisation against the seed's bandwidth and the number of peers`,
  rank: "statistical",
  paper:
    "A flash crowd of peers with 1500 kbit/s down and 400 kbit/s up downloads 100 MB from a single seed and leaves. With a seed of 6000 kbit/s the uplinks are used near the optimum. With a seed no faster than a peer new blocks come too slowly, a third of the upload capacity has nothing to send, and rarest first is a little better than random order. A seed that serves each block equally often, and to its end (smartseed), makes up for most of it.",
  differences: [
    ...bharambe2006.differences,
    "The seed's bandwidth is varied with 100 peers instead of some 315, to save time; their file is kept whole. What a seed is to each peer does not depend on their number, but its share of all capacity does: so times are compared over the fluid bound of Kumar and Ross for as many peers. Crowds of 50 and 300 stand beside it.",
  ],
  seeds: 3,
  cells: (seeds) => cellsOf(variants, seeds),
  keep: (result: RunResult) => ({
    ...timesOf(result, "peer"),
    ...serviceOf(result, "peer", bharambe2006.size),
  }),
  judge,
  figures,
};

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const random = paired(
    runs,
    [atRandom, sweep(400)],
    ({ mean }) => mean,
    (other, rarest) => other / rarest,
  );
  const least = peerCounts.map((count) => estimateOf(runs, crowd(count), (k) => k.meanUtilisation));
  const worst = [...least].sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
  return [
    ...near(runs, 6000, published.rich, 0.05, 0.03),
    ...near(runs, 800, published.middle, 0.07, 0.05),
    ...near(runs, 400, published.poor, 0.07, 0.05),
    finding(
      {
        what: "Random order against rarest first with a seed of 400 kbit/s, mean completion",
        published: "1.04 ×: random order is not faster",
        ours: { ...random, unit: "×" },
        tolerance: "the interval's upper end is at least 1",
      },
      (random.interval?.high ?? random.value ?? 0) >= 1,
      "random order is faster here",
    ),
    ...near(runs, 400, published.smart, 0.07, 0.05, smart),
    bandFinding({
      what: "Utilisation with a seed of 6000 kbit/s, least of 50, 100 and 300 peers",
      published: "near optimal whatever the number of peers; 0.95",
      ours: worst ?? { value: null, interval: null },
      unit: "",
      tolerance: "interval reaches into 0.90 … 1",
      low: 0.9,
      high: 1,
      because: "a tenth of the uplinks' capacity or more is not used in one of the three",
    }),
  ];
}

function near(
  runs: readonly KeptRun<Kept>[],
  rate: number,
  { toBound, utilisation }: { readonly toBound: number; readonly utilisation: number },
  share: number,
  points: number,
  variant = sweep(rate),
): Finding[] {
  const text = variant === smart ? `smartseed of ${rate} kbit/s` : `seed of ${rate} kbit/s`;
  const because =
    "blocks of 256 KB that go whole or not at all there are 16 requests here, which a rechoke may cut short";
  return [
    bandFinding({
      what: `Mean completion over the fluid bound, ${text}`,
      published: `${toBound.toFixed(2)} ×`,
      ours: estimateOf(runs, variant, ({ mean }) => {
        return mean === null ? null : mean / leastSeconds(100, rate);
      }),
      unit: "×",
      tolerance: `interval reaches into ± ${Math.round(share * 100)} %`,
      low: toBound * (1 - share),
      high: toBound * (1 + share),
      because,
    }),
    bandFinding({
      what: `Utilisation of the peers' uplinks, ${text}`,
      published: String(utilisation),
      ours: estimateOf(runs, variant, (kept) => kept.meanUtilisation),
      unit: "",
      tolerance: `interval reaches into ± ${points}`,
      low: utilisation - points,
      high: utilisation + points,
      because,
    }),
  ];
}

/** A point of ours with a seed of 400 kbit/s, and theirs. */
function single(
  runs: readonly KeptRun<Kept>[],
  name: string,
  variant: string,
  utilisation: number,
): Series[] {
  return [
    {
      name,
      isPublished: false,
      mark: "points",
      points: pointOf(
        400,
        estimateOf(runs, variant, (kept) => kept.meanUtilisation),
      ),
    },
    {
      name: `${name}, their simulator`,
      isPublished: true,
      mark: "points",
      colourOf: name,
      points: [{ x: 400, y: utilisation }],
    },
  ];
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  const ours = (pick: (kept: Kept) => number | null) =>
    seedRates.flatMap((rate) => pointOf(rate, estimateOf(runs, sweep(rate), pick)));
  const theirs = (key: "mean" | "utilisation"): FigurePoint[] => [
    { x: 400, y: published.poor[key] },
    { x: 800, y: published.middle[key] },
    { x: 6000, y: published.rich[key] },
  ];
  const x = { title: "uplink of the seed (kbit/s)", scale: "log", domain: [150, 8000] } as const;
  return [
    {
      id: "utilisation",
      title: "A seed that is no faster than a peer leaves uplinks idle",
      caption:
        "Share of the peers' upload capacity that is used, 100 peers of 400 kbit/s (there some 315)",
      x,
      y: { title: "uplink utilisation", scale: "linear", domain: [0, 1] },
      series: [
        {
          name: "rarest first",
          isPublished: false,
          mark: "points",
          points: ours((kept) => kept.meanUtilisation),
        },
        {
          name: "rarest first, their simulator",
          isPublished: true,
          mark: "points",
          colourOf: "rarest first",
          points: theirs("utilisation"),
        },
        ...single(runs, "random order", atRandom, published.poorAtRandom.utilisation),
        ...single(runs, "smartseed", smart, published.smart.utilisation),
      ],
    },
    {
      id: "completion",
      title: "From twice a peer's uplink on the seed hardly matters",
      caption:
        "Mean completion time against the seed's uplink, of 100 peers here and some 315 there",
      x,
      y: { title: "mean completion (s)", scale: "linear" },
      series: [
        { name: "here", isPublished: false, mark: "points", points: ours((kept) => kept.mean) },
        {
          name: "their simulator",
          isPublished: true,
          mark: "points",
          colourOf: "here",
          points: theirs("mean"),
        },
      ],
    },
    {
      id: "peers",
      title: "Utilisation does not depend on the number of peers",
      caption: "Share of the peers' upload capacity that is used, with a seed of 6000 kbit/s",
      x: { title: "peers", scale: "log", domain: [40, 400] },
      y: { title: "uplink utilisation", scale: "linear", domain: [0, 1] },
      series: [
        {
          name: "here",
          isPublished: false,
          mark: "points",
          points: peerCounts.flatMap((count) =>
            pointOf(
              count,
              estimateOf(runs, crowd(count), (kept) => kept.meanUtilisation),
            ),
          ),
        },
        {
          name: "their simulator",
          isPublished: true,
          mark: "points",
          colourOf: "here",
          points: [{ x: 315, y: published.rich.utilisation }],
        },
      ],
    },
  ];
}
