import type { RunResult } from "../metrics/results.ts";
import { type FluidModel, steadyState } from "../theory/qiu-srikant-2004.ts";
import { bandFinding, estimateOf, paired } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { type Figure, pointOf } from "./figure.ts";

/** Files a second of an uplink and of a downlink, and how often a seeder leaves (1/s). */
const upload = 0.002;
const download = 0.02;
const stays = [
  { name: "seeders stay 250 s", leaves: 0.004, seconds: 250 },
  { name: "seeders stay 50 s", leaves: 0.02, seconds: 50 },
] as const;
const arrivals = [0.02, 0.05, 0.1];

const size = 64_000_000;
const steadyFrom = 2500;
const lastArrival = 4000;
const endsAt = 5000;

interface Kept {
  /** Mean seconds as leechers, of those who came in steady state. */
  readonly seconds: number | null;
  /** Means over the steady time. */
  readonly leechers: number | null;
  readonly seeders: number | null;
}

function scenario(rate: number, seconds: number): object {
  return {
    name: `Qiu and Srikant 2004, ${rate} arrivals a second`,
    torrent: { size: `${size} B`, pieceLength: `${size / 250} B` },
    network: { headers: "off" },
    peers: [
      {
        class: "origin",
        role: "seeder",
        count: 1,
        upload: `${(size * upload) / 4} B/s`,
        download: "1 Mbit/s",
      },
      {
        class: "starter",
        role: "seeder",
        count: 5,
        upload: `${size * upload} B/s`,
        download: "1 Mbit/s",
        leave: { after: "1000 s" },
      },
      {
        class: "peer",
        arrive: { poisson: `${rate * 60} per min` },
        upload: `${size * upload} B/s`,
        download: `${size * download} B/s`,
        leave: { after: { exponential: `${seconds} s` } },
      },
    ],
    stop: { when: "time", atMost: `${endsAt} s` },
    sampleInterval: "20 s",
  };
}

const nameOf = (stay: string, rate: number) => `${stay}, ${rate} per s`;
const variants = stays.flatMap(({ name, seconds }) =>
  arrivals.map((rate) => ({ name: nameOf(name, rate), scenario: scenario(rate, seconds) })),
);

/** Qiu and Srikant 2004: the download time does not depend on how many come. */
export const qiuSrikant2004Scaling: Experiment<Kept> = {
  name: "qiu-srikant-2004-scaling",
  title: "The download time does not depend on how many people come",
  source:
    "D. Qiu and R. Srikant, Modeling and performance analysis of BitTorrent-like peer-to-peer networks, SIGCOMM 2004, §3 (steady state of the fluid model)",
  rank: "statistical",
  paper:
    "A fluid model of a swarm with arrivals at the rate λ. In steady state a download takes T = max(1/c, (1/μ − 1/γ)/η), whatever λ is, where μ and c are up- and downlink in files per second, 1/γ is how long a seeder stays, and η, near 1, is how well leechers can use their uplinks. The mean numbers are x = λT leechers and y = λ/γ seeders.",
  differences: [
    "The model is a fluid of many peers. Here are 5 to 45 leechers at a time, a file of 64 MB in 250 pieces, and a real client that waits for its first unchoke, for pieces and for rechokes.",
    "μ = 0.002, c = 0.02, γ = 0.004 and 0.02 a second, θ = 0: nobody gives up.",
    "One seeder with a quarter of a peer's uplink stays for ever, so that no piece can die out. It adds 1 to 8 % to the capacity. Five more are there for the first 1000 s: from one alone it takes 2000 s until the first copy is out, and all who came by then are one crowd.",
    "The starters and the window were chosen after a first try, which counted the crowd of the start and met 1 of 10 findings.",
    `Peers that came from ${steadyFrom} to ${lastArrival} s are counted.`,
  ],
  seeds: 3,
  cells: (seeds) => cellsOf(variants, seeds),
  keep,
  judge,
  figures,
};

function keep(result: RunResult): Kept {
  const times = result.peers.flatMap(({ class: name, arrivedSeconds, completionSeconds }) => {
    const isSteady = arrivedSeconds >= steadyFrom && arrivedSeconds < lastArrival;
    return name === "peer" && isSteady ? (completionSeconds ?? []) : [];
  });
  const steady = result.samples.filter(
    ({ class: name, timeSeconds }) => name === "peer" && timeSeconds >= steadyFrom,
  );
  return {
    seconds: mean(times),
    leechers: mean(steady.map(({ leechers }) => leechers)),
    seeders: mean(steady.map(({ seeders }) => seeders)),
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function modelOf(rate: number, seederLeaves: number): FluidModel {
  return { arrivals: rate, upload, download, seederLeaves };
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  return stays.flatMap(({ name, leaves }) => [
    ...arrivals.map((rate) => {
      const { downloadTime } = steadyState(modelOf(rate, leaves));
      return bandFinding({
        what: `Mean download time, ${nameOf(name, rate)}`,
        published: `${Math.round(downloadTime)} s`,
        ours: estimateOf(runs, nameOf(name, rate), ({ seconds }) => seconds),
        unit: "s",
        tolerance: "interval reaches into ± 12 %",
        low: downloadTime * 0.88,
        high: downloadTime * 1.12,
        because:
          "a real client loses time that the fluid does not have: it waits for its first unchoke and its first piece, and a few peers cannot always use each other's uplinks",
      });
    }),
    bandFinding({
      what: `Download time with five times the arrivals, ${name}`,
      published: "1 ×",
      ours: paired(
        runs,
        [nameOf(name, arrivals.at(-1) ?? 0), nameOf(name, arrivals[0] ?? 0)],
        ({ seconds }) => seconds,
        (many, few) => many / few,
      ),
      unit: "×",
      tolerance: "interval reaches into ± 5 %",
      low: 0.95,
      high: 1.05,
      because:
        "with 0.02 arrivals a second only some five to nine leechers are there, who find less to use their uplinks for than many do",
    }),
    bandFinding({
      what: `Leechers at a time over the model's, ${nameOf(name, 0.1)}`,
      published: `${Math.round(steadyState(modelOf(0.1, leaves)).leechers)} peers`,
      ours: estimateOf(runs, nameOf(name, 0.1), ({ leechers }) => {
        return leechers === null ? null : leechers / steadyState(modelOf(0.1, leaves)).leechers;
      }),
      unit: "×",
      tolerance: "interval reaches into ± 15 %",
      low: 0.85,
      high: 1.15,
      because: "downloads take longer than in the model, and by Little's law more are at it",
    }),
  ]);
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  return [
    {
      id: "download-time",
      title: "Five times as many people, and the same download time",
      caption: "Mean download time in steady state against the arrival rate",
      x: { title: "arrivals (per s)", scale: "log", domain: [0.015, 0.13] },
      y: { title: "mean download time (s)", scale: "linear" },
      series: stays.flatMap(({ name, leaves }) => [
        {
          name,
          isPublished: false,
          mark: "points" as const,
          points: arrivals.flatMap((rate) =>
            pointOf(
              rate,
              estimateOf(runs, nameOf(name, rate), ({ seconds }) => seconds),
            ),
          ),
        },
        {
          name: `model, ${name}`,
          isPublished: true,
          mark: "curve" as const,
          colourOf: name,
          points: arrivals.map((rate) => {
            return { x: rate, y: steadyState(modelOf(rate, leaves)).downloadTime };
          }),
        },
      ]),
    },
  ];
}
