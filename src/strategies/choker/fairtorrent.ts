import type { ChokeRound, Choker, Neighbour, ServeTurn, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";

/**
 * FairTorrent (Sherman 2009): no choking, no rates, no rounds. Each block goes to whom we owe most: the peer with the smallest
 * deficit, which is what we sent to it less what it sent to us.
 */
export const fairTorrent: ChokerDefinition = {
  name: "fairtorrent",
  summary: "Sends each block to the peer that gave most for what it got (Sherman 2009).",
  create: () => new FairTorrent(),
};

class FairTorrent implements Choker {
  readonly unlimited = true;
  readonly ignoresInterest = true;
  private isSeeding = false;

  choose({ neighbours, isSeeding }: ChokeRound): readonly Unchoke[] {
    this.isSeeding = isSeeding;
    return neighbours.map((peer) => ({ peer }));
  }

  /** Of equal deficits the least recently served, who waits in front. A seeder has nothing to get, and serves evenly. */
  serve({ waiting }: ServeTurn): Neighbour | undefined {
    let chosen = waiting[0];
    if (this.isSeeding) return chosen;
    let smallest = Number.POSITIVE_INFINITY;
    for (const peer of waiting) {
      const deficit = peer.uploaded - peer.downloaded;
      if (deficit >= smallest) continue;
      smallest = deficit;
      chosen = peer;
    }
    return chosen;
  }
}
