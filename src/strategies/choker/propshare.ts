import { sample } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, ServeTurn, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { FairQueue } from "./fair-queue.ts";
import { RoundBytes } from "./round-bytes.ts";
import { titForTatOptions } from "./tit-for-tat.ts";

type PropShareOptions = {
  readonly optimisticShare: number;
  readonly optimisticPeers: number;
  readonly optimisticRounds: number;
};

/**
 * PropShare (Levin 2008): an auction in which every bidder wins its part. Each round the uplink is split among those that ask, in
 * proportion to what they gave in the last one; a part of it is set aside for newcomers.
 */
export const propShare: ChokerDefinition<PropShareOptions> = {
  name: "propshare",
  summary: "Splits the uplink in proportion to what each peer gave in the last round (Levin 2008).",
  options: {
    optimisticShare: {
      default: 0.1, // Harvard CS 136; Levin 2008: 0.2
      summary: "Part of the uplink for peers that gave nothing.",
      minimum: 0,
      maximum: 0.99,
    },
    optimisticPeers: {
      default: 1,
      summary: "It is split among so many of them.",
      minimum: 1,
      isInteger: true,
    },
    optimisticRounds: titForTatOptions.optimisticRounds,
  },
  leecherOnly: true,
  create: (options) => new PropShare(options),
};

class PropShare implements Choker {
  readonly unlimited = true;
  private readonly options: PropShareOptions;
  private readonly bids = new RoundBytes((peer) => peer.downloaded);
  private readonly uplink = new FairQueue();
  private optimistic: readonly Neighbour[] = [];

  constructor(options: PropShareOptions) {
    this.options = options;
  }

  left(peer: Neighbour): void {
    this.bids.forget(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    if (round.trigger === "timer") {
      this.bids.turn(round.neighbours);
      if (round.round % this.options.optimisticRounds === 0) this.optimistic = [];
    }
    const { optimisticShare } = this.options;
    const bidders = round.candidates.filter((peer) => this.bids.last(peer) > 0);
    this.optimistic = this.drawOptimistic(round);
    const total = bidders.reduce((sum, peer) => sum + this.bids.last(peer), 0);
    const shares = new Map<Neighbour, number>();
    for (const peer of bidders) {
      shares.set(peer, ((1 - optimisticShare) * this.bids.last(peer)) / total);
    }
    for (const peer of this.optimistic) shares.set(peer, optimisticShare / this.optimistic.length);
    this.uplink.assign(shares);
    return [
      ...bidders.map((peer) => ({
        peer,
        kind: "regular" as const,
        reason: "gave in the last round",
      })),
      ...this.optimistic.map((peer) => ({ peer, kind: "optimistic" as const })),
    ];
  }

  whyChoked(): string {
    return "gave nothing in the last round, and not on trial";
  }

  serve({ waiting }: ServeTurn): Neighbour | undefined {
    return this.uplink.next(waiting);
  }

  sent(peer: Neighbour, bytes: number): boolean {
    this.uplink.charge(peer, bytes);
    return false;
  }

  /** Those that still are it, and others drawn to fill up. */
  private drawOptimistic({ candidates, random }: ChokeRound): Neighbour[] {
    const { optimisticShare, optimisticPeers } = this.options;
    if (optimisticShare === 0) return [];
    const before = new Set(this.optimistic);
    const newcomers = candidates.filter((peer) => this.bids.last(peer) === 0);
    const kept = newcomers.filter((peer) => before.has(peer));
    const others = newcomers.filter((peer) => !before.has(peer));
    return [...kept, ...sample(random, others, optimisticPeers - kept.length)];
  }
}
