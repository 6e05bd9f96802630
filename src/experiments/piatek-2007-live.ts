import { bootstrapInterval } from "../compare/bootstrap.ts";
import { quantile } from "../metrics/summary.ts";
import { bandFinding, estimate, finding, valuesOf } from "./estimate.ts";
import type { Experiment, ExperimentCell, Finding, KeptRun } from "./experiment.ts";
import { distributionPoints, type Figure } from "./figure.ts";
import {
  type ClientName,
  clients,
  firstCompletion,
  links,
  network,
} from "./piatek-2007-setting.ts";

/** What is kept: the client's time from its arrival, in seconds; null when it did not complete in time. */
type Kept = number | null;

/** §5.1: ratio of the completion times, at shares of the 114 swarms (digitised). */
const published = [
  [0.69, 0],
  [0.93, 0.03],
  [1.02, 0.07],
  [1.12, 0.14],
  [1.28, 0.21],
  [1.46, 0.28],
  [1.57, 0.39],
  [1.72, 0.49],
  [1.81, 0.6],
  [1.92, 0.69],
  [2.06, 0.76],
  [2.33, 0.83],
  [2.62, 0.9],
  [3.15, 0.97],
  [3.6, 1],
] as const;

const names = Object.keys(clients) as ClientName[];

/** The two kinds of ordinary peers: Azureus with four slots, and the reference client, whose slots follow its uplink. */
const kinds = [
  { name: "azureus", ...clients.Azureus },
  { name: "mainline", choker: "tit-for-tat", settings: { slots: "mainline" } },
];

/** An even spread over 0 to 1 by number: multiples of a golden ratio, one for each of what is varied. */
function spread(number: number, ratio: number): number {
  const multiple = number * ratio;
  return multiple - Math.floor(multiple);
}

/** The swarm of a seed: how many peers, how large a file, how many of the peers are seeders. */
function swarmOf(seed: number) {
  return {
    peers: 300 + Math.floor(500 * spread(seed, 0.618034)), // §5.1: 300 to 800
    mebibytes: 50 + Math.floor(100 * spread(seed, 0.754878)),
    seeders: 0.01 + 0.09 * spread(seed, 0.56984),
  };
}

function scenarioOf(seed: number, name: ClientName): object {
  const { peers, mebibytes, seeders } = swarmOf(seed);
  const leechers = Math.round(peers * (1 - seeders));
  const groups = kinds.length * 9;
  // Peers come as fast as they leave: a mean uplink of some 350 KB/s (Fig. 1) brings the file in so many seconds.
  const stay = (mebibytes * 1024) / 350;
  return {
    name: `Piatek 2007, §5.1: ${name} in a swarm of ${peers} peers, ${mebibytes} MiB`,
    torrent: { size: `${mebibytes} MiB`, pieceLength: "256 KiB" },
    network,
    tracker: { numwant: 50, minInterval: "1 min" },
    peers: [
      {
        class: "seeders",
        role: "seeder",
        count: peers - leechers,
        ...links,
        profile: "azureus-2.5",
      },
      ...kinds.flatMap(({ name: kind, ...client }) => [
        ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenths) => ({
          class: `${kind}-${tenths}`,
          count: Math.max(1, Math.round(leechers / groups)),
          ...links,
          ...client,
          pieces: { fraction: tenths / 10 },
          leave: "on-completion",
        })),
        {
          class: `${kind}-new`,
          ...links,
          ...client,
          arrive: { poisson: `${(leechers / kinds.length / stay).toFixed(4)} per s` },
          leave: "on-completion",
        },
      ]),
      {
        class: "client",
        count: 1,
        upload: "128 KiB/s",
        download: "unlimited",
        ...clients[name],
        arrive: { at: "1 min" },
        leave: "on-completion",
      },
    ],
    stop: { when: { complete: ["client"] }, atMost: "30 min" },
  };
}

/** Piatek et al. 2007, §5.1: the headline, one client in live swarms. */
export const piatek2007Live: Experiment<Kept> = {
  name: "piatek-2007-live",
  title: "One BitTyrant client at 128 KB/s in swarms like those on the Internet",
  source:
    "M. Piatek, T. Isdal, T. Anderson, A. Krishnamurthy and A. Venkataramani, Do incentives build robustness in BitTorrent?, NSDI 2007, §5.1, Fig. 10",
  rank: "statistical",
  paper:
    "In 114 popular swarms, mostly of 300 to 800 peers, an Azureus and a BitTyrant client were started together, each capped at 128 KB/s. BitTyrant was faster by a median factor of 1.72, in a quarter of the swarms by 2 or more, and in 12 swarms there was no difference to speak of.",
  differences: [
    "The swarms are simulated: 300 to 800 peers with the measured capacities (Fig. 1 of the paper), half of them Azureus with four slots, half mainline whose slots follow the uplink; they have 10 to 90 % of the file when it begins, and new ones come as fast as others complete and leave.",
    "Files have 50 to 150 MiB, where the paper's had up to 1 GB: the client is done in minutes, and a swarm costs less to run. Longer downloads leave BitTyrant more time to learn.",
    "How many seeders the swarms had is not published. Here 1 to 10 % of the peers are, spread evenly over the swarms. Four swarms that were tried with up to 30 % gave 0.4 to 1.4: where most of the file comes from seeders, who trade nothing, there is little to gain by trading.",
    "The two clients are in the same swarm one after the other instead of together: everything else is the very same run.",
  ],
  seeds: 60,
  variesBySeed: true,
  cells: (seeds) =>
    names.flatMap((name) =>
      Array.from({ length: seeds }, (_, place): ExperimentCell => {
        const seed = place + 1;
        return {
          id: `${name}-${seed}`,
          variant: name,
          scenario: JSON.stringify(scenarioOf(seed, name)),
          seed,
        };
      }),
    ),
  keep: (result) => firstCompletion(result, "client"),
  judge,
  figures,
};

/** Azureus's time over BitTyrant's, of each swarm in which both completed, ascending. */
function ratios(runs: readonly KeptRun<Kept>[]): { seed: number; ratio: number }[] {
  const [azureus, bitTyrant] = names.map((name) => valuesOf(runs, name, (time) => time));
  return (azureus ?? [])
    .flatMap((time, place) => {
      const own = bitTyrant?.[place] ?? null;
      return time === null || own === null ? [] : [{ seed: place + 1, ratio: time / own }];
    })
    .sort((a, b) => a.ratio - b.ratio);
}

function medianOf(values: Float64Array): number {
  return (
    quantile(
      [...values].sort((a, b) => a - b),
      0.5,
    ) ?? Number.NaN
  );
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const all = ratios(runs);
  const speedUps = all.map(({ ratio }) => ratio);
  const median = {
    value: quantile(speedUps, 0.5),
    interval: bootstrapInterval(speedUps, medianOf),
  };
  const quartile = quantile(speedUps, 0.75);
  const [least = null] = speedUps;
  const mean = estimate(speedUps);
  return [
    finding(
      {
        what: "Median of the speed-ups",
        published: "1.72",
        ours: { ...median, unit: "×" },
        tolerance: "1.3 to 2.2",
      },
      median.value !== null && median.value >= 1.3 && median.value <= 2.2,
      "the swarms differ from the paper's in what there is to trade for",
    ),
    finding(
      {
        what: "Mean of the speed-ups",
        published: "some 1.8 (from the curve)",
        ours: { ...mean, unit: "×" },
        tolerance: "at least 1.5, and an interval above 1.3",
      },
      (mean.value ?? 0) >= 1.5 && (mean.interval?.low ?? 0) > 1.3,
      "BitTyrant gains less here",
    ),
    bandFinding({
      what: "Upper quartile of the speed-ups",
      published: "2.06",
      ours: { value: quartile, interval: null },
      unit: "×",
      tolerance: "1.6 to 4",
      low: 1.6,
      high: 4,
      because: "the lucky swarms are other ones here",
    }),
    finding(
      {
        what: "The least speed-up: luck exists",
        published: "0.69; 12 of 114 swarms within 10 %",
        ours: { value: least, interval: null, unit: "×" },
        tolerance: "below 1.1",
      },
      least !== null && least < 1.1,
      "BitTyrant wins everywhere",
    ),
  ];
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  const all = ratios(runs);
  return [
    {
      id: "speed-ups",
      title: "How many times as fast one BitTyrant client is",
      caption:
        "Share of the swarms in which the speed-up is no larger. Dashed: the paper's 114 live swarms",
      x: { title: "Azureus's completion time over BitTyrant's", scale: "linear" },
      y: { title: "share of swarms", scale: "linear", domain: [0, 1] },
      series: [
        {
          name: "speed-up",
          isPublished: false,
          mark: "step",
          points: distributionPoints(all.map(({ ratio }) => ratio)),
        },
        {
          name: "speed-up (§5.1)",
          isPublished: true,
          mark: "curve",
          colourOf: "speed-up",
          points: published.map(([x, y]) => ({ x, y })),
        },
      ],
    },
    {
      id: "speed-ups-by-seeders",
      title: "Speed-up by the share of seeders",
      caption:
        "Speed-up in each swarm by the share of its peers that are seeders, which the paper does not give",
      x: { title: "seeders (% of peers)", scale: "linear" },
      y: { title: "speed-up (×)", scale: "linear" },
      series: [
        {
          name: "a swarm",
          isPublished: false,
          mark: "dots",
          points: all.map(({ seed, ratio }) => ({ x: 100 * swarmOf(seed).seeders, y: ratio })),
        },
      ],
    },
  ];
}
