import { isStranger, type PeerRow, type RunResult } from "../metrics/results.ts";
import { followedLeechers, hasStrangers } from "./strangers.ts";
import { elapsed, grouped, rate, ratio, size } from "./units.ts";

/** The summary by class, as texts: the first column is a name, the others are numbers. */
export interface SummaryTable {
  readonly header: readonly string[];
  /** The header as 80 columns have room for it. */
  readonly shortHeader: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A line a class: how many, who completed, how long it took, how fast, and what was given for what was taken. */
export function summaryTable(result: RunResult): SummaryTable {
  const rows = Object.entries(result.summary.classes).map(([name, one]) => {
    const leechers = result.peers.filter((peer) => peer.class === name && peer.role === "leecher");
    const followed = followedLeechers(result).filter((peer) => peer.class === name);
    return [
      name,
      grouped(one.count),
      followed.length === 0 ? "–" : grouped(one.completed),
      time(one.p50),
      time(one.p95),
      leechers.length === 0 ? "–" : rate(one.meanDownloadBytesPerSecond),
      rate(one.meanUploadBytesPerSecond),
      ratio(one.shareRatio),
    ];
  });
  const header = [
    "class",
    "peers",
    "completed",
    "half within",
    "95 % within",
    "download",
    "upload",
    "share ratio",
  ];
  const shortHeader = ["class", "peers", "completed", "p50", "p95", "download", "upload", "ratio"];
  return { header, shortHeader, rows };
}

/** The run in a few facts: what it is called, and its value. */
export function headlines(result: RunResult, isLive: boolean): (readonly [string, string])[] {
  const { summary } = result;
  if (hasStrangers(result)) return ownHeadlines(result);
  const leechers = followedLeechers(result).length;
  const { p50, p95, max } = summary.completionSeconds;
  const { minimumDistributionSeconds: minimum, ratio: times } = summary.bound;
  return [
    ["leechers completed", `${grouped(summary.peers.completed)} of ${grouped(leechers)}`],
    ["half within", time(p50)],
    ["95 % within", time(p95)],
    ["slowest", time(max)],
    [isLive ? "run time" : "simulated", time(summary.simulatedSeconds)],
    ["lower bound", minimum === null ? "does not apply" : time(minimum)],
    ["last ÷ bound", times === null ? "–" : `${times.toFixed(2)} ×`],
  ];
}

/** Of one client among strangers. */
function ownHeadlines({ summary, peers }: RunResult): (readonly [string, string])[] {
  const own = peers.filter((peer) => !isStranger(peer));
  const total = (value: (peer: PeerRow) => number) =>
    size(own.reduce((sum, peer) => sum + value(peer), 0));
  return [
    ["completed after", time(summary.completionSeconds.max)],
    ["run time", time(summary.simulatedSeconds)],
    ["peers met", grouped(peers.length - own.length)],
    ["downloaded", total((peer) => peer.downloadedBytes)],
    ["uploaded", total((peer) => peer.uploadedBytes)],
    ["wasted", total((peer) => peer.wastedBytes)],
  ];
}

function time(seconds: number | null): string {
  return seconds === null ? "–" : elapsed(seconds);
}
