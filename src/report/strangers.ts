import { isStranger, type PeerRow, type RunResult } from "../metrics/results.ts";

/** Whether there are peers of which only what passed between them and our client is known. */
export function hasStrangers({ peers }: RunResult): boolean {
  return peers.some(isStranger);
}

/** Leechers of which everything is known: when they came, what they had, when they completed. */
export function followedLeechers({ peers }: RunResult): PeerRow[] {
  return peers.filter((peer) => peer.role === "leecher" && !isStranger(peer));
}
