import type { BoundSummary, ClassSummary, PeerRow, Quantiles } from "./results.ts";

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
  const summaries: Record<string, ClassSummary> = {};
  for (const name of names) {
    summaries[name] = classSummary(
      peers.filter((peer) => peer.class === name),
      endSeconds,
    );
  }
  return summaries;
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
 * The minimum distribution time of Kumar and Ross (HotWeb 2006), fluid, everyone present from time 0 to the end:
 * max(F / u_s, F / d_min, N F / (u_s + sum u_i)). It stays a bound on the last completion, counted from the start of the
 * run, when leechers come later or leave early. Null without both seeders and leechers, when a leecher brings pieces, and
 * when leechers leave before they have completed.
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
  if (leechers.length === 0 || seeders.length === 0 || gaveUp || !isClean) {
    return { minimumDistributionSeconds: null, ratio: null };
  }
  const seed = sum(seeders.map((peer) => peer.uploadCapacityBytesPerSecond));
  const swarm = sum(leechers.map((peer) => peer.uploadCapacityBytesPerSecond));
  const slowest = Math.min(...leechers.map((peer) => peer.downloadCapacityBytesPerSecond));
  const minimum = Math.max(size / seed, size / slowest, (leechers.length * size) / (seed + swarm));
  const done = leechers.every((peer) => peer.completedSeconds !== null);
  const first = Math.min(...leechers.map((peer) => peer.arrivedSeconds));
  const last = Math.max(...leechers.map((peer) => peer.completedSeconds ?? 0));
  const ratio = done && minimum > 0 ? (last - first) / minimum : null;
  return { minimumDistributionSeconds: minimum, ratio };
}

function completionTimes(peers: readonly PeerRow[]): number[] {
  const times: number[] = [];
  for (const { completionSeconds } of peers) {
    if (completionSeconds !== null) times.push(completionSeconds);
  }
  return times.sort((a, b) => a - b);
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
