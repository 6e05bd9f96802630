import { minimumDistributionTime } from "../theory/kumar-ross-2006.ts";
import {
  type BoundSummary,
  type ClassSummary,
  isStranger,
  type PeerRow,
  type Quantiles,
} from "./results.ts";

/** Quantile `q` of ascending numbers, linear between them; null of none. */
export function quantile(ascending: readonly number[], q: number): number | null {
  if (ascending.length === 0) return null;
  const place = q * (ascending.length - 1);
  const below = Math.floor(place);
  const low = ascending[below] as number;
  const high = ascending[Math.min(below + 1, ascending.length - 1)] as number;
  return low + (place - below) * (high - low);
}

export function completionQuantiles(peers: readonly PeerRow[]): Quantiles {
  const times = completionTimes(peers);
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), max: times.at(-1) ?? null };
}

/** One summary a class, in the order of `names`. `endSeconds` is when the run ended. */
export function classSummaries(
  names: readonly string[],
  peers: readonly PeerRow[],
  endSeconds: number,
): Record<string, ClassSummary> {
  // Not by assignment, which would lose a class that is called __proto__.
  return Object.fromEntries(
    names.map((name) => {
      const own = peers.filter((peer) => peer.class === name);
      return [name, classSummary(own, endSeconds)];
    }),
  );
}

function classSummary(peers: readonly PeerRow[], endSeconds: number): ClassSummary {
  let downloaded = 0;
  let uploaded = 0;
  let leechingSeconds = 0;
  let presentSeconds = 0;
  for (const peer of peers) {
    const left = peer.leftSeconds ?? endSeconds;
    const done = peer.role === "seeder" ? peer.arrivedSeconds : (peer.completedSeconds ?? left);
    downloaded += peer.downloadedBytes;
    uploaded += peer.uploadedBytes;
    leechingSeconds += done - peer.arrivedSeconds;
    presentSeconds += left - peer.arrivedSeconds;
  }
  const times = completionTimes(peers);
  return {
    count: peers.length,
    completed: times.length,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    meanDownloadBytesPerSecond: leechingSeconds > 0 ? downloaded / leechingSeconds : 0,
    meanUploadBytesPerSecond: presentSeconds > 0 ? uploaded / presentSeconds : 0,
    shareRatio: downloaded > 0 ? uploaded / downloaded : null,
  };
}

/**
 * Kumar and Ross's minimum distribution time, fluid, as if everyone were there from time 0 to the end. It stays a bound on
 * the last completion, counted from the first leecher's arrival, when others come later, or leave after they have completed.
 * Null without both seeders and leechers, when a leecher brings pieces or rejoins (`isClean` is false), when a leecher
 * leaves before it has completed, and when nobody's capacity is a limit or somebody's is not known.
 */
export function distributionBound(
  peers: readonly PeerRow[],
  size: number,
  isClean: boolean,
): BoundSummary {
  const leechers = peers.filter((peer) => peer.role === "leecher");
  const seeders = peers.filter((peer) => peer.role === "seeder");
  const gaveUp = leechers.some(
    (peer) => peer.completedSeconds === null && peer.leftSeconds !== null,
  );
  const none = { minimumDistributionSeconds: null, ratio: null };
  if (leechers.length === 0 || seeders.length === 0 || gaveUp || !isClean) return none;
  if (peers.some(isStranger)) return none;
  let seedUpload = 0;
  for (const peer of seeders) seedUpload += peer.uploadCapacityBytesPerSecond ?? 0;
  let leecherUpload = 0;
  let slowestDownload = Number.POSITIVE_INFINITY;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const peer of leechers) {
    leecherUpload += peer.uploadCapacityBytesPerSecond ?? 0;
    slowestDownload = Math.min(slowestDownload, peer.downloadCapacityBytesPerSecond ?? Infinity);
    first = Math.min(first, peer.arrivedSeconds);
    last = Math.max(last, peer.completedSeconds ?? 0);
  }
  const minimum = minimumDistributionTime({
    size,
    leechers: leechers.length,
    seedUpload,
    leecherUpload,
    slowestDownload,
  });
  if (!(minimum > 0)) return none;
  const done = leechers.every((peer) => peer.completedSeconds !== null);
  const ratio = done ? (last - first) / minimum : null;
  return { minimumDistributionSeconds: minimum, ratio };
}

function completionTimes(peers: readonly PeerRow[]): number[] {
  const times: number[] = [];
  for (const { completionSeconds } of peers) {
    if (completionSeconds !== null) times.push(completionSeconds);
  }
  return times.sort((a, b) => a - b);
}
