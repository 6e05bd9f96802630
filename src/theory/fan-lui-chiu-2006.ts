/** What a peer took and gave, in bytes, and how long it took in seconds; null if it did not complete. */
export interface PeerBalance {
  readonly downloadedBytes: number;
  readonly uploadedBytes: number;
  readonly completionSeconds: number | null;
}

/**
 * Two axes on which chokers differ, and of which one costs the other: fast peers that stay longer help the rest, and are served
 * unfairly (after Fan, Lui and Chiu, ICNP 2006). A `PeerRow` is a balance; give leechers only, since a seeder takes nothing.
 */
export interface Tradeoff {
  /** Standard deviation of downloaded over uploaded, 0 when all get what they give; null without peers. */
  readonly unfairness: number | null;
  /** Mean completion time in seconds of those that completed; null when nobody did. */
  readonly meanCompletion: number | null;
}

export function tradeoff(peers: readonly PeerBalance[]): Tradeoff {
  return { unfairness: unfairness(peers), meanCompletion: meanCompletion(peers) };
}

/** Infinity as soon as somebody takes and gives nothing. Peers that did neither do not count. */
export function unfairness(peers: readonly PeerBalance[]): number | null {
  const ratios: number[] = [];
  for (const { downloadedBytes: taken, uploadedBytes: given } of peers) {
    if (given > 0) ratios.push(taken / given);
    else if (taken > 0) return Number.POSITIVE_INFINITY;
  }
  const middle = mean(ratios);
  if (middle === null) return null;
  const variance = mean(ratios.map((ratio) => (ratio - middle) * (ratio - middle)));
  return Math.sqrt(variance ?? 0);
}

export function meanCompletion(peers: readonly PeerBalance[]): number | null {
  return mean(peers.flatMap(({ completionSeconds }) => completionSeconds ?? []));
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
