import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { best, remove, stillServed } from "./connections.ts";

/**
 * libtorrent's seed choking algorithm `fastest_upload` without its optimistic slots, so that a fast taker keeps its slot: the
 * most bytes sent in the last round, then the longest without an unchoke.
 */
export const fastestUpload: ChokerDefinition = {
  name: "fastest-upload",
  summary:
    "Unchokes who took most in the last round, then who has waited longest (libtorrent fastest_upload).",
  create: () => new FastestUpload(),
};

class FastestUpload implements Choker {
  /** Who waits longest comes first. */
  private readonly waiting: Neighbour[] = [];
  private readonly sentBefore = new Map<Neighbour, number>();

  joined(peer: Neighbour): void {
    this.waiting.push(peer);
  }

  left(peer: Neighbour): void {
    remove(this.waiting, peer);
    this.sentBefore.delete(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    const served = stillServed(round);
    const others = this.waiting.filter((peer) => peer.peerInterested && !served.includes(peer));
    const fastest = best(others, round.slots - served.length, (peer) => this.sentLastRound(peer));
    for (const peer of fastest) {
      if (!peer.amChoking) continue;
      remove(this.waiting, peer);
      this.waiting.push(peer);
    }
    if (round.trigger === "timer") {
      for (const peer of round.neighbours) this.sentBefore.set(peer, peer.uploaded);
    }
    return [
      ...served.map((peer) => ({ peer, reason: "keeps its slot until the next round" })),
      ...fastest.map((peer) => ({ peer, reason: "took most in the last round" })),
    ];
  }

  /** Bytes sent to the peer since the last timed round. */
  private sentLastRound(peer: Neighbour): number {
    return peer.uploaded - (this.sentBefore.get(peer) ?? 0);
  }
}
