import type { RunResult } from "../metrics/results.ts";
import { freeRiderShare } from "../theory/qiu-srikant-2004.ts";
import { bandFinding, estimateOf, finding } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { type Figure, pointOf } from "./figure.ts";

/** Regular slots beside the optimistic one. */
const regular = [2, 4, 8];
const endsAt = 900;

interface Kept {
  /** Bytes that a rider has got over those of a giver, seed included. */
  readonly share: number | null;
  /** The same without what the seed sent. */
  readonly shareOfPeers: number | null;
}

const nameOf = (slots: number) => `${slots} regular slots`;

function scenario(slots: number): object {
  const settings = { slots: slots + 1, minUploads: 1 };
  const home = { upload: "1 Mbit/s", download: "unlimited", settings };
  return {
    name: `Qiu and Srikant 2004, free riders among peers of ${slots} regular slots`,
    torrent: { size: "256 MiB", pieceLength: "128 KiB" },
    peers: [
      { class: "seed", role: "seeder", count: 1, upload: "2 Mbit/s", download: "1 Mbit/s" },
      { class: "giver", count: 57, ...home },
      { class: "rider", count: 3, choker: "none", ...home },
    ],
    stop: { when: "time", atMost: `${endsAt} s` },
    sampleInterval: "30 s",
  };
}

const variants = regular.map((slots) => ({
  name: nameOf(slots),
  scenario: scenario(slots),
  observe: ["pairwise-bytes"] as const,
}));

/** Qiu and Srikant 2004: who gives nothing gets what the optimistic slots give, 1/(n + 1). */
export const qiuSrikant2004FreeRiders: Experiment<Kept> = {
  name: "qiu-srikant-2004-free-riders",
  title: "Who gives nothing gets the optimistic slot's share",
  source:
    "D. Qiu and R. Srikant, Modeling and performance analysis of BitTorrent-like peer-to-peer networks, SIGCOMM 2004, §5 (optimistic unchoking and free riding)",
  rank: "statistical",
  paper:
    "Each peer uploads to the n peers that give it most, and to one more that it tries. A free rider is only ever tried. Among many peers alike it gets 1/(n + 1) of the rate of the others: 20 % with the usual n = 4. Free riding does not pay, but it works.",
  differences: [
    "57 givers and 3 riders with uplinks of 1 Mbit/s, all there from the start, and a seed of 2 Mbit/s. A file so large that nobody completes within 15 min, and then what each has got is compared.",
    "The seed serves all alike (new-seed), riders too. What it sent is left out of the comparison, and told beside it.",
    "The model's peers know at once who gives most. Here slots go by rates of the last 20 s, every 10 s, and an optimistic unchoke lasts 30 s; minUploads is 1, so that there is one optimistic slot.",
  ],
  seeds: 5,
  cells: (seeds) => cellsOf(variants, seeds),
  keep,
  judge,
  figures,
};

function keep(result: RunResult): Kept {
  const classOf = new Map(result.peers.map((peer) => [peer.peer, peer.class]));
  const all = { giver: 0, rider: 0 };
  const ofPeers = { giver: 0, rider: 0 };
  for (const { from, to, value } of result.observed?.["pairwise-bytes"] ?? []) {
    const name = classOf.get(to);
    if (name !== "giver" && name !== "rider") continue;
    all[name] += value;
    if (classOf.get(from) !== "seed") ofPeers[name] += value;
  }
  const counts = { giver: 0, rider: 0 };
  for (const { class: name } of result.peers) {
    if (name === "giver" || name === "rider") counts[name]++;
  }
  const share = ({ giver, rider }: typeof all) =>
    giver === 0 || counts.rider === 0 ? null : rider / counts.rider / (giver / counts.giver);
  return { share: share(all), shareOfPeers: share(ofPeers) };
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const least = estimateOf(runs, nameOf(8), ({ shareOfPeers }) => shareOfPeers);
  const most = estimateOf(runs, nameOf(2), ({ shareOfPeers }) => shareOfPeers);
  const isOrdered =
    least.value !== null &&
    most.value !== null &&
    (least.interval?.high ?? least.value) < (most.interval?.low ?? most.value);
  return [
    ...regular.map((slots) => {
      const share = freeRiderShare(slots);
      return bandFinding({
        what: `What peers give a rider over what they give a giver, ${nameOf(slots)}`,
        published: `at most ${share.toFixed(3)}, 1/(n + 1)`,
        ours: estimateOf(runs, nameOf(slots), ({ shareOfPeers }) => shareOfPeers),
        unit: "",
        tolerance: "interval reaches into 0.5 … 1.2 times that",
        low: share * 0.5,
        high: share * 1.2,
        because:
          "in a traced run (seed 1, each number of slots) no rider ever had a regular slot, but nearly half of the time for which riders were unchoked fell into the first two minutes, when there are no rates to go by and whoever is next in the list is unchoked for nothing",
      });
    }),
    finding(
      {
        what: "A rider gets less where there are more regular slots: share with 8",
        published: "1/9 with 8, 1/3 with 2",
        ours: { ...least, unit: "" },
        tolerance: "the intervals for 8 and 2 slots are apart",
      },
      isOrdered,
      "the shares with 8 and with 2 regular slots cannot be told apart",
    ),
  ];
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  const ours = (pick: (kept: Kept) => number | null) =>
    regular.flatMap((slots) => pointOf(slots, estimateOf(runs, nameOf(slots), pick)));
  return [
    {
      id: "share",
      title: "A rider gets what the optimistic slots give",
      caption: "Bytes that a free rider has got over those of a giver after 15 min",
      x: { title: "regular slots n", scale: "linear", domain: [0, 9] },
      y: { title: "rider over giver", scale: "linear" },
      series: [
        {
          name: "from peers",
          isPublished: false,
          mark: "points",
          points: ours(({ shareOfPeers }) => shareOfPeers),
        },
        {
          name: "from peers and the seed",
          isPublished: false,
          mark: "points",
          points: ours(({ share }) => share),
        },
        {
          name: "1/(n + 1)",
          isPublished: true,
          mark: "points",
          colourOf: "from peers",
          points: regular.map((slots) => ({ x: slots, y: freeRiderShare(slots) })),
        },
      ],
    },
  ];
}
