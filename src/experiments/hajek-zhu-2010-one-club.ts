import type { RunResult } from "../metrics/results.ts";
import { oneClubGrowth } from "../theory/hajek-zhu-2010.ts";
import { bandFinding, estimateOf, finding } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import type { Figure } from "./figure.ts";

interface Kept {
  /** Leechers in the swarm every `every` seconds, from 0 on. */
  readonly population: readonly number[];
  /** Peers a second, by least squares over the samples from a sixth of the time on. */
  readonly slope: number | null;
}

const every = 30;
const endsAt = 2400;
const club = 60;
/** Peers a second. */
const arrivals = 0.1;
const pieceBytes = 16 * 1024;
/** Of the seed, over the arrivals. */
const ratios = [0.5, 0.8, 1.5, 3];

const nameOf = (ratio: number) => `seed ${ratio} × arrivals`;

function scenario(ratio: number): object {
  const known = { maxConnections: 2000, maxInitiate: 2000, numwant: 2000, randomFirstPieces: 0 };
  return {
    name: `Hajek and Zhu 2010, ${nameOf(ratio)}`,
    torrent: { size: `${16 * pieceBytes} B`, pieceLength: `${pieceBytes} B` },
    network: { headers: "off" },
    tracker: { numwant: 2000 },
    peers: [
      {
        class: "seed",
        role: "seeder",
        count: 1,
        upload: `${Math.round(ratio * arrivals * pieceBytes)} B/s`,
        download: "1 Mbit/s",
        settings: known,
      },
      {
        class: "club",
        count: club,
        upload: "1 Mbit/s",
        download: "8 Mbit/s",
        pieces: { allBut: [0] },
        leave: "on-completion",
        settings: known,
      },
      {
        class: "newcomer",
        upload: "1 Mbit/s",
        download: "8 Mbit/s",
        arrive: { poisson: `${arrivals * 60} per min` },
        leave: "on-completion",
        settings: known,
      },
    ],
    stop: { when: "time", atMost: `${endsAt} s` },
    sampleInterval: `${every} s`,
  };
}

const variants = ratios.map((ratio) => ({ name: nameOf(ratio), scenario: scenario(ratio) }));

/** Hajek and Zhu 2010: a club that lacks one piece grows if the seed is slower than the arrivals, and dissolves otherwise. */
export const hajekZhu2010OneClub: Experiment<Kept> = {
  name: "hajek-zhu-2010-one-club",
  title: "A club that lacks one piece grows unless the seed is faster than people come",
  source:
    "B. Hajek and J. Zhu, The missing piece syndrome in peer-to-peer communication, ISIT 2010 (arXiv 1002.3493), Theorem 1",
  rank: "statistical",
  paper:
    "Peers come at the rate λ without any piece, contact others at random, and leave at once when they have all pieces. A fixed seed uploads U_s pieces a second. The swarm is stable if U_s > λ, and if U_s < λ the club of those who lack one and the same piece grows at λ − U_s, whichever useful piece is picked.",
  differences: [
    "The paper's peers contact one other at random at exponential times. Here a real client keeps connections to everybody, and picks rarest first, so that the missing piece is always asked for first.",
    "A piece is one block of 16 KiB, so that nobody holds a part of the missing piece; there are 16 of them.",
    "λ is 0.1 a second, U_s is 0.5, 0.8, 1.5 and 3 times that; the club starts with 60 peers. What matters is U_s/λ, but in a small club it is likelier that the seed serves a newcomer first, who then passes the piece on.",
    "Peers' uplinks are many times the seed's: in the theorem their rate does not matter.",
  ],
  seeds: 5,
  cells: (seeds) => cellsOf(variants, seeds),
  keep,
  judge,
  figures,
};

function keep(result: RunResult): Kept {
  const byTime = new Map<number, number>();
  for (const { timeSeconds, leechers } of result.samples) {
    byTime.set(timeSeconds, (byTime.get(timeSeconds) ?? 0) + leechers);
  }
  const points = [...byTime];
  return { population: points.map(([, count]) => count), slope: slopeOf(points) };
}

function slopeOf(all: readonly (readonly [number, number])[]): number | null {
  const points = all.filter(([time]) => time >= endsAt / 6);
  if (points.length < 2) return null;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const products = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const squares = points.reduce((sum, [x]) => sum + (x - meanX) * (x - meanX), 0);
  return products / squares;
}

function judge(runs: readonly KeptRun<Kept>[]): Finding[] {
  const growing = ratios.filter((ratio) => ratio < 1);
  const shrinking = ratios.filter((ratio) => ratio > 1);
  return [
    ...growing.map((ratio) => {
      const growth = oneClubGrowth({ arrivals, seedRate: ratio * arrivals });
      return bandFinding({
        what: `Growth of the population, ${nameOf(ratio)}`,
        published: `${growth.toFixed(3)} peers a second (λ − U_s)`,
        ours: estimateOf(runs, nameOf(ratio), ({ slope }) => slope),
        unit: "peers a second",
        tolerance: `interval reaches into ± ${0.1 * arrivals} (a tenth of λ)`,
        low: growth - 0.1 * arrivals,
        high: growth + 0.1 * arrivals,
        because:
          "the few newcomers that the seed serves before the club pass the missing piece on while they still lack others",
      });
    }),
    ...shrinking.map((ratio) => {
      const last = estimateOf(runs, nameOf(ratio), ({ population }) => population.at(-1) ?? null);
      return finding(
        {
          what: `Leechers after 40 min, ${nameOf(ratio)}`,
          published: "stable: the club dissolves",
          ours: { ...last, unit: "peers" },
          tolerance: "at most 30",
        },
        last.value !== null && (last.interval?.low ?? last.value) <= 30,
        "the club is still there",
      );
    }),
  ];
}

function figures(runs: readonly KeptRun<Kept>[]): Figure[] {
  return [
    {
      id: "population",
      title: "The club grows at λ − U_s, or dissolves",
      caption: `Leechers in the swarm, mean over the seeds, and the theorem's growth from ${club} on`,
      x: { title: "time (min)", scale: "linear", domain: [0, endsAt / 60] },
      y: { title: "leechers", scale: "linear" },
      series: ratios.flatMap((ratio) => {
        const own = runs.filter(({ cell }) => cell.variant === nameOf(ratio));
        const length = Math.min(...own.map(({ kept }) => kept.population.length));
        const times = own.length === 0 ? 0 : length;
        const measured = Array.from({ length: times }, (_, at) => {
          const sum = own.reduce((total, { kept }) => total + (kept.population[at] ?? 0), 0);
          return { x: (at * every) / 60, y: sum / own.length };
        });
        const growth = oneClubGrowth({ arrivals, seedRate: ratio * arrivals });
        const theory = [0, endsAt].map((x) => ({ x: x / 60, y: club + growth * x }));
        return [
          {
            name: nameOf(ratio),
            isPublished: false,
            mark: "curve" as const,
            points: measured,
          },
          ...(ratio < 1
            ? [
                {
                  name: `theorem, ${nameOf(ratio)}`,
                  isPublished: true,
                  mark: "curve" as const,
                  colourOf: nameOf(ratio),
                  points: theory,
                },
              ]
            : []),
        ];
      }),
    },
  ];
}
