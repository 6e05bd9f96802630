import type { ComparedPeer, RunFigures } from "./run-figures.ts";

/** What is compared of a group of peers in one run. Null: nobody there to whom it applies. */
export interface Measures {
  readonly peers: number;
  /** Leechers that have not completed: they left before, or were at it when the run ended. */
  readonly notCompleted: number;
  /**
   * Within this time of their arrival half, or 95 %, of all leechers had completed. Whoever did not complete counts as slower
   * than all who did, so it is null when too many did not.
   */
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
  /** Mean completion time of those that completed. */
  readonly meanSeconds: number | null;
  /** Downloaded over the time as leechers, of the group as a whole. */
  readonly downloadBytesPerSecond: number | null;
  /** Uploaded over the time in the swarm, of the group as a whole. */
  readonly uploadBytesPerSecond: number | null;
  /** Uploaded over downloaded, of the group as a whole. */
  readonly shareRatio: number | null;
  /** Jain's index of the leechers' download rates, each over its own time as a leecher. */
  readonly jainIndex: number | null;
  /** Uploaded over what the uplinks could carry while their peers were in the swarm and anybody was leeching. */
  readonly uplinkUtilisation: number | null;
}

/** The measures in order, for tables: what each is called there. */
export const measureKeys = [
  "peers",
  "notCompleted",
  "medianSeconds",
  "p95Seconds",
  "meanSeconds",
  "downloadBytesPerSecond",
  "uploadBytesPerSecond",
  "shareRatio",
  "jainIndex",
  "uplinkUtilisation",
] as const satisfies readonly (keyof Measures)[];

/** The measures of one class of a run, or of all leechers. */
export function measuresOf(run: RunFigures, className?: string): Measures {
  const peers = run.peers.filter((peer) =>
    className === undefined ? peer.role === "leecher" : peer.class === className,
  );
  const leechers = peers.filter((peer) => peer.role === "leecher");
  const times = completionTimes(leechers);
  const downloaded = sum(peers, (peer) => peer.downloadedBytes);
  const uploaded = sum(peers, (peer) => peer.uploadedBytes);
  const end = lastLeeching(run);
  return {
    peers: peers.length,
    notCompleted: leechers.length - times.length,
    medianSeconds: quantileOfAll(times, leechers.length, 0.5),
    p95Seconds: quantileOfAll(times, leechers.length, 0.95),
    meanSeconds: over(
      sum(times, (time) => time),
      times.length,
    ),
    downloadBytesPerSecond: over(
      sum(leechers, (peer) => peer.downloadedBytes),
      sum(leechers, (peer) => leechingSeconds(peer, run)),
    ),
    uploadBytesPerSecond: over(
      uploaded,
      sum(peers, (peer) => leftAt(peer, run) - peer.arrivedSeconds),
    ),
    shareRatio: over(uploaded, downloaded),
    jainIndex: jainIndex(downloadRates(leechers, run)),
    uplinkUtilisation: over(
      uploaded,
      sum(peers, (peer) => {
        const seconds = Math.max(0, Math.min(leftAt(peer, run), end) - peer.arrivedSeconds);
        return seconds > 0 ? seconds * (peer.uploadCapacityBytesPerSecond ?? Infinity) : 0;
      }),
    ),
  };
}

/** Completion times, ascending. */
export function completionTimes(peers: readonly ComparedPeer[]): number[] {
  const times: number[] = [];
  for (const { completionSeconds } of peers) {
    if (completionSeconds !== null) times.push(completionSeconds);
  }
  return times.sort((a, b) => a - b);
}

/** Quantile `q` of ascending times that `count` peers would have, of whom the rest have none: they come last. */
export function quantileOfAll(
  ascending: readonly number[],
  count: number,
  q: number,
): number | null {
  if (count === 0) return null;
  const place = q * (count - 1);
  const below = Math.floor(place);
  const low = ascending[below];
  if (low === undefined || place === below) return low ?? null;
  const high = ascending[below + 1];
  return high === undefined ? null : low + (place - below) * (high - low);
}

/** Jain, Chiu and Hawe 1984: (sum x)^2 / (n sum x^2). 1 when all have the same, 1/n when one has everything. */
export function jainIndex(values: readonly number[]): number | null {
  const total = sum(values, (value) => value);
  return over(total * total, values.length * sum(values, (value) => value * value));
}

/** Bytes per second of each leecher that has had any time, over its time as a leecher. */
export function downloadRates(leechers: readonly ComparedPeer[], run: RunFigures): number[] {
  return leechers.flatMap((peer) => {
    const seconds = leechingSeconds(peer, run);
    return seconds > 0 ? [peer.downloadedBytes / seconds] : [];
  });
}

/** From arrival to completion, or else to leaving or the end. */
export function leechingSeconds(peer: ComparedPeer, run: RunFigures): number {
  return peer.completionSeconds ?? leftAt(peer, run) - peer.arrivedSeconds;
}

export function leftAt({ leftSeconds }: ComparedPeer, run: RunFigures): number {
  return leftSeconds ?? run.simulatedSeconds;
}

/** When the last leecher completed or left. */
function lastLeeching(run: RunFigures): number {
  return run.peers.reduce((last, peer) => {
    if (peer.role === "seeder") return last;
    return Math.max(last, peer.arrivedSeconds + leechingSeconds(peer, run));
  }, 0);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function over(dividend: number, divisor: number): number | null {
  return divisor > 0 && divisor < Infinity ? dividend / divisor : null;
}
