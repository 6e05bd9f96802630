import type { RunResult } from "../metrics/results.ts";
import { elapsed, grouped, rate, ratio } from "./units.ts";

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
    return [
      name,
      grouped(one.count),
      leechers.length === 0 ? "–" : grouped(one.completed),
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
export function headlines({ summary, peers }: RunResult): (readonly [string, string])[] {
  const leechers = peers.filter((peer) => peer.role === "leecher").length;
  const { p50, p95, max } = summary.completionSeconds;
  const { minimumDistributionSeconds: minimum, ratio: times } = summary.bound;
  return [
    ["leechers completed", `${grouped(summary.peers.completed)} of ${grouped(leechers)}`],
    ["half within", time(p50)],
    ["95 % within", time(p95)],
    ["slowest", time(max)],
    ["simulated", time(summary.simulatedSeconds)],
    ["lower bound", minimum === null ? "does not apply" : time(minimum)],
    ["last ÷ bound", times === null ? "–" : `${times.toFixed(2)} ×`],
  ];
}

function time(seconds: number | null): string {
  return seconds === null ? "–" : elapsed(seconds);
}
