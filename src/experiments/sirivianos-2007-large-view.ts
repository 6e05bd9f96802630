import type { RunResult } from "../metrics/results.ts";
import { estimate, estimateOf, finding, paired, valuesOf } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { type Figure, pointOf } from "./figure.ts";
import { type KeptTimes, timesOf } from "./kept-times.ts";

/** Of the leechers, in percent. */
const percents = [0, 10, 20, 30, 40, 60, 80];
const leechers = 300;

interface Kept {
  readonly compliant: KeptTimes;
  readonly rider: KeptTimes;
}

const nameOf = (percent: number) => `${percent} % riders`;

function scenario(percent: number): object {
  return {
    name: `Sirivianos 2007, ${nameOf(percent)}`,
    torrent: { size: "16 MiB", pieceLength: "256 KiB" },
    // Every answer of the tracker has 50 peers; who asks for more has to ask again.
    tracker: { numwant: 50, minInterval: "30 s" },
    peers: [
      { class: "seed", role: "seeder", count: 1, upload: "2 Mbit/s", download: "2 Mbit/s" },
      {
        class: "home",
        count: leechers,
        upload: "512 kbit/s",
        download: "4 Mbit/s",
        arrive: { within: "30 s" },
        leave: "on-completion",
        mix: [
          { class: "rider", share: percent / 100, choker: "large-view" },
          { class: "compliant" },
        ],
      },
    ],
    stop: { atMost: "4 h" },
    sampleInterval: "30 s",
  };
}

const variants = percents.map((percent) => ({
  name: nameOf(percent),
  scenario: scenario(percent),
}));

/** Sirivianos and others 2007: free riders that know everybody do well while they are few. */
export const sirivianos2007LargeView: Experiment<Kept> = {
  name: "sirivianos-2007-large-view",
  title: "Free riders that know everybody: better off while they are few?",
  source:
    "M. Sirivianos, J. H. Park, R. Chen and X. Yang, Free-riding in BitTorrent networks with the large view exploit, IPTPS 2007, the swarm of some 300 leechers with a growing share of free riders",
  rank: "statistical",
  paper:
    "A free rider that asks the tracker again and again connects to everybody, and so is tried by many more peers than a client with 50 to 80 neighbours. On PlanetLab, with some 300 leechers, such riders were faster than compliant peers while they were less than 40 % of all. With more of them both suffer.",
  differences: [
    "300 leechers with uplinks of 512 kbit/s and a seed of 2 Mbit/s, 16 MiB in 64 pieces; the paper's links, file and seeds were not at hand, and riders depend on them: seeds serve riders as well as others.",
    "Riders give nothing at all and ask the tracker as often as it lets them, every 30 s here; it answers with 50 peers at most. Compliant peers are mainline 4.x with at most 80 connections: those that are full take no rider.",
    "Everybody leaves on completion. Whoever is compliant comes at the same time over the same link whatever the share is.",
    "The finding at 10 % was added after the other shares had been run.",
  ],
  seeds: 3,
  cells: (seeds) => cellsOf(variants, seeds),
  keep: (result: RunResult) => ({
    compliant: timesOf(result, "compliant"),
    rider: timesOf(result, "rider"),
  }),
  judge,
  figures,
};

const compliantMean = ({ compliant }: Kept) => compliant.mean;

/** Mean completion of riders over that of compliant peers. */
function riderRatio({ rider, compliant }: Kept): number | null {
  return rider.mean === null || compliant.mean === null ? null : rider.mean / compliant.mean;
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const many = paired(
    runs,
    [nameOf(80), nameOf(0)],
    compliantMean,
    (with80, without) => with80 / without,
  );
  const order = estimate(rankCorrelations(runs));
  return [
    fasterFinding(runs, 10),
    fasterFinding(runs, 20),
    finding(
      {
        what: "Mean completion of compliant peers with 80 % riders against none",
        published: "both suffer beyond 40 %",
        ours: { ...many, unit: "×" },
        tolerance: "at least 1.2",
      },
      many.value !== null && (many.interval?.high ?? many.value) >= 1.2,
      "compliant peers hardly wait longer",
    ),
    finding(
      {
        what: "Compliant peers wait the longer the more ride: rank correlation of share and mean completion",
        published: "they suffer more with more riders",
        ours: { ...order, unit: "" },
        tolerance: "at least 0.9",
      },
      order.value !== null && (order.interval?.high ?? order.value) >= 0.9,
      "their time does not grow with the share",
    ),
  ];
}

function fasterFinding(runs: readonly KeptRun<Kept>[], percent: number): Finding {
  const ours = estimateOf(runs, nameOf(percent), riderRatio);
  const { value } = estimateOf(runs, nameOf(10), riderRatio);
  const few = value === null ? "nobody knows" : `it is ${value.toFixed(2)}`;
  return finding(
    {
      what: `Mean completion of riders over compliant peers, ${nameOf(percent)}`,
      published: "below 1 on average while riders are fewer than 40 %",
      ours: { ...ours, unit: "×" },
      tolerance: "the interval reaches below 1",
    },
    ours.value !== null && (ours.interval?.low ?? ours.value) < 1,
    `riders lose their advantage at a smaller share than in the paper: with 10 % ${few}. What riders get depends on seeds and slots to spare, and those of the paper's swarm are not known here`,
  );
}

/** Spearman's, a seed each, over the shares. */
function rankCorrelations(runs: readonly KeptRun<Kept>[]): number[] {
  const columns = percents.map((percent) => valuesOf(runs, nameOf(percent), compliantMean));
  const seeds = Math.min(...columns.map((column) => column.length));
  return Array.from({ length: seeds }, (_, seed) => {
    const values = columns.map((column) => column[seed] ?? Number.POSITIVE_INFINITY);
    const ranks = values.map((one) => values.filter((other) => other < one).length);
    const squares = ranks.reduce((sum, rank, at) => sum + (rank - at) * (rank - at), 0);
    const count = ranks.length;
    return 1 - (6 * squares) / (count * (count * count - 1));
  });
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  const ours = (pick: (kept: Kept) => number | null) =>
    percents.flatMap((percent) => pointOf(percent, estimateOf(runs, nameOf(percent), pick)));
  return [
    {
      id: "completion",
      title: "The more ride, the longer all wait",
      caption: "Mean completion time of riders with a large view and of compliant peers",
      x: { title: "free riders (% of leechers)", scale: "linear", domain: [0, 85] },
      y: { title: "mean completion (s)", scale: "linear" },
      series: [
        {
          name: "compliant",
          isPublished: false,
          mark: "points",
          points: ours(compliantMean),
        },
        {
          name: "rider, large view",
          isPublished: false,
          mark: "points",
          points: ours(({ rider }) => rider.mean),
        },
      ],
    },
  ];
}
