import { naturalLogarithm } from "../core/logarithm.ts";
import type { RunResult } from "../metrics/results.ts";
import { fluidLimit, optimalTime } from "../theory/mundinger-2006.ts";
import { bandFinding, type Estimate, estimateOf, finding, paired, valuesOf } from "./estimate.ts";
import { cellsOf, type Experiment, type Finding, type KeptRun } from "./experiment.ts";
import { type Figure, pointOf } from "./figure.ts";
import { type KeptTimes, timesOf } from "./kept-times.ts";

const parts = 64;
const partBytes = 256 * 1024;
const size = parts * partBytes;
/** Bytes per second of every uplink. */
const upload = 128 * 1024;
/** F / u in seconds. */
const unit = size / upload;
const users = [7, 15, 31, 63, 127];
const link = { upload: `${upload} B/s`, download: "unlimited" };

/** Users that share smaller pieces as well: the fewest and the most. */
const withSmall = [7, 127];
const smallBytes = partBytes / 4;
const small = (count: number) => `${count}, pieces of 64 KiB`;

function scenario(count: number, pieceLength: number): object {
  return {
    name: `Mundinger 2006, ${count} users`,
    torrent: { size: `${size} B`, pieceLength: `${pieceLength} B` },
    network: { headers: "off", delay: "5 ms" },
    peers: [
      { class: "server", role: "seeder", count: 1, ...link },
      { class: "user", count, ...link },
    ],
    stop: { atMost: "2 h" },
  };
}

/** The users of a variant are its name. */
const variants = [
  ...users.map((count) => ({ name: String(count), scenario: scenario(count, partBytes) })),
  ...withSmall.map((count) => ({ name: small(count), scenario: scenario(count, smallBytes) })),
];

/** How much later the last may be than in the best schedule. Our choice: random useful parts in rounds stay below it. */
const most = 1.35;

/** Mundinger, Weber and Weiss 2008: how near the protocol comes to the least time, and how that grows with the users. */
export const mundinger2006Bound: Experiment<KeptTimes> = {
  name: "mundinger-2006-bound",
  title: "How near a swarm comes to the least time in which all can have the file",
  source:
    "J. Mundinger, R. Weber and G. Weiss, Optimal scheduling of peer-to-peer file dissemination, Journal of Scheduling 2008 (arXiv cs/0606110), Theorem 1; R. Kumar and K. W. Ross, Peer-assisted file distribution: the minimum distribution time, HotWeb 2006",
  rank: "hard",
  paper:
    "A server and N users with uplinks of the same rate share a file of M parts. The best schedule, which a planner who sees everything would give, takes M + floor(log2 N) times as long as an uplink needs for a part. With ever smaller parts that goes to the fluid bound max(F / C_S, N F / (C_S + C_1 + … + C_N)), which nothing can beat.",
  differences: [
    "The paper has rounds in which each uplink sends one whole part. Here blocks of 16 KiB go over uplinks that are shared by four slots, and nobody plans.",
    "Parts are the pieces of a torrent: 64 of 256 KiB. Uplinks have 128 KiB/s, so that a piece takes 2 s. Only their ratio matters.",
    "The fewest and the most users share the same file in pieces of 64 KiB as well, to see what the length of a piece costs.",
    "Header bytes are switched off, downlinks are unlimited and delays are 5 ms, so that the uplinks are the only limit.",
  ],
  seeds: 10,
  cells: (seeds) => cellsOf(variants, seeds),
  keep: (result: RunResult) => timesOf(result),
  judge,
  figures,
};

function judge(runs: readonly KeptRun<KeptTimes>[]): Finding[] {
  const least = Math.min(...users.map((count) => leastRatio(runs, count)));
  const growth = growthOf(runs, String);
  const smaller = estimateOf(runs, small(127), (kept) => ratio(kept, best(127)));
  return [
    finding(
      {
        what: "No run beats the fluid bound: least of all ratios, last completion to bound",
        published: "at least 1 (theorem)",
        ours: { value: Number.isFinite(least) ? least : null, interval: null, unit: "× bound" },
        tolerance: "none: at least 1",
      },
      Number.isFinite(least) && least >= 1,
      "a run was faster than any can be, so the links or the clock are wrong",
    ),
    ...users.map((count) =>
      bandFinding({
        what: `Last completion against the best schedule, ${count} users`,
        published: "1 (planned); the protocol does not plan",
        ours: estimateOf(runs, String(count), (kept) => ratio(kept, best(count))),
        unit: "× optimum",
        tolerance: `interval reaches into 1 … ${most}`,
        low: 1,
        high: most,
        because: `a piece takes 8 s over one of four slots, nearly as long as slots stay as they are (10 s): many are left half done, and go out again to somebody else. In pieces of 64 KiB the last of 127 users has the same file after ${shown(smaller)} times the optimum`,
      }),
    ),
    bandFinding({
      what: "Growth of the mean completion time with each doubling of the users",
      published: "one part's time, 1/64 of F/u, in the best schedule",
      ours: growth,
      unit: "parts",
      tolerance: "interval reaches into 0 … 3 parts: logarithmic, with a factor of at most three",
      low: 0,
      high: 3,
      because: `it is a logarithm, but each level of the spread waits for a piece over one of four slots, which rechokes cut short. In pieces of 64 KiB the growth is ${shown(growthOf(runs, small))} of these parts`,
    }),
  ];
}

function ratio({ last, completed, peers }: KeptTimes, to: number): number | null {
  return last === null || completed < peers ? null : last / to;
}

function best(count: number): number {
  return optimalTime({ size, parts, users: count, upload });
}

function bound(count: number): number {
  return fluidLimit(size, upload, new Array<number>(count).fill(upload));
}

function leastRatio(runs: readonly KeptRun<KeptTimes>[], count: number): number {
  const values = valuesOf(runs, String(count), (kept) => ratio(kept, bound(count)));
  return Math.min(...values.filter((value) => value !== null));
}

/** From the fewest to the most users, in parts a doubling, by seed. */
function growthOf(runs: readonly KeptRun<KeptTimes>[], nameOf: (count: number) => string) {
  const [fewest = 1] = users;
  const largest = users.at(-1) ?? 1;
  const doublings = naturalLogarithm((largest + 1) / (fewest + 1)) / Math.LN2;
  return paired(
    runs,
    [nameOf(fewest), nameOf(largest)],
    ({ mean }) => mean,
    (first, last) => (last - first) / doublings / (unit / parts),
  );
}

function shown({ value }: Estimate): string {
  return value === null ? "no time yet" : value.toFixed(2);
}

function figures(runs: readonly KeptRun<KeptTimes>[]): Figure[] {
  const ours = (pick: (kept: KeptTimes) => number | null) =>
    users.flatMap((count) => pointOf(count, estimateOf(runs, String(count), pick), 1 / unit));
  return [
    {
      id: "users",
      title: "Time grows with the logarithm of the users",
      caption: `Completion in units of F/u = ${unit} s, the time in which an uplink sends the whole file, against the number of users that come at once`,
      x: { title: "users", scale: "log", domain: [6, 150] },
      y: { title: "time (F/u)", scale: "linear" },
      series: [
        {
          name: "last completion",
          isPublished: false,
          mark: "points",
          points: ours((k) => k.last),
        },
        {
          name: "mean completion",
          isPublished: false,
          mark: "points",
          points: ours((k) => k.mean),
        },
        {
          name: "last completion, pieces of 64 KiB",
          isPublished: false,
          mark: "points",
          points: withSmall.flatMap((count) =>
            pointOf(
              count,
              estimateOf(runs, small(count), (k) => k.last),
              1 / unit,
            ),
          ),
        },
        {
          name: "best schedule (Mundinger)",
          isPublished: true,
          mark: "points",
          colourOf: "last completion",
          points: users.map((x) => ({ x, y: best(x) / unit })),
        },
        {
          name: "fluid bound (Kumar and Ross)",
          isPublished: true,
          mark: "curve",
          points: users.map((x) => ({ x, y: bound(x) / unit })),
        },
      ],
    },
  ];
}
