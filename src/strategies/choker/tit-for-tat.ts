import type { Random } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { best, insertAtRandom, remove, startAt } from "./connections.ts";

export type TitForTatOptions = {
  readonly optimisticRounds: number;
  readonly minUploads: number;
  readonly newPeerWeight: number;
};

export const titForTatOptions: NonNullable<ChokerDefinition<TitForTatOptions>["options"]> = {
  optimisticRounds: {
    default: { setting: "optimisticRounds" },
    summary: "The optimistic unchoke moves on every so many rechoke rounds.",
    minimum: 1,
    isInteger: true,
  },
  minUploads: {
    default: { setting: "minUploads" },
    summary: "Optimistic unchokes are added while fewer peers than this are unchoked.",
    minimum: 0,
    isInteger: true,
  },
  newPeerWeight: {
    default: { setting: "newPeerWeight" },
    summary: "A new connection is this many times as likely to be the next optimistic unchoke.",
    minimum: 1,
    isInteger: true,
  },
};

/** Leecher state of the reference client, 4.x (`Choker.py`; Cohen 2003, §3). */
export const titForTat: ChokerDefinition<TitForTatOptions> = {
  name: "tit-for-tat",
  summary:
    "Unchokes who sends most, and one peer on trial: the reference client's leecher state (Cohen 2003; mainline 4.x).",
  options: titForTatOptions,
  leecherOnly: true,
  create: (options) =>
    new TitForTat(options, {
      isEligible: (peer) => peer.peerInterested && !peer.isSnubbed, // Cohen 2003, §3.4: anti-snubbing
      rate: (peer) => peer.downloadRate,
      by: "by what it sends",
      otherwise: "snubbed",
    }),
};

/** Who may have a regular slot, and by which rate. */
export interface Preference {
  isEligible(peer: Neighbour): boolean;
  rate(peer: Neighbour): number;
  /** For who reads why: what the rate is, and what is wrong with who sent blocks and may have no regular slot. */
  readonly by: string;
  readonly otherwise?: string;
}

export class TitForTat implements Choker {
  private readonly options: TitForTatOptions;
  private readonly preference: Preference;
  private connections: Neighbour[] = [];
  /** Of a round that is explained: all that may have a regular slot, best first. */
  private ranking: readonly Neighbour[] = [];

  constructor(options: TitForTatOptions, preference: Preference) {
    this.options = options;
    this.preference = preference;
  }

  joined(peer: Neighbour, random: Random): void {
    insertAtRandom(this.connections, peer, random, this.options.newPeerWeight);
  }

  left(peer: Neighbour): void {
    remove(this.connections, peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    const { isEligible, rate } = this.preference;
    if (round.trigger === "timer" && round.round % this.options.optimisticRounds === 0) {
      const next = this.connections.findIndex((peer) => peer.amChoking && peer.peerInterested);
      if (next > 0) this.connections = startAt(this.connections, next);
    }
    const eligible = this.connections.filter(isEligible);
    const preferred = best(eligible, round.slots - 1, rate);
    const unchokes: Unchoke[] = preferred.map((peer) => ({ peer, kind: "regular" }));
    // The source knows no client with fewer slots than min_uploads; here the slots are the bound.
    let optimistic = Math.min(
      Math.max(1, this.options.minUploads - preferred.length),
      round.slots - preferred.length,
    );
    for (const peer of this.connections) {
      if (optimistic <= 0) break;
      if (preferred.includes(peer)) continue;
      unchokes.push({ peer, kind: "optimistic" });
      if (peer.peerInterested) optimistic--; // one that is not interested is unchoked for free
    }
    return round.isExplained === true ? this.explained(round, eligible, unchokes) : unchokes;
  }

  whyChoked(peer: Neighbour, { slots }: ChokeRound): string | undefined {
    const { by, otherwise } = this.preference;
    const place = this.ranking.indexOf(peer);
    if (place >= 0) return `rank ${place + 1} ${by}; regular slots: ${slots - 1}`;
    if (otherwise === undefined) return undefined;
    return `${peer.downloaded === 0 ? "sent nothing yet" : otherwise}, and not on trial`;
  }

  /** The same unchokes with reasons; `eligible` are those whose rates were read. */
  private explained(
    { round }: ChokeRound,
    eligible: readonly Neighbour[],
    unchokes: readonly Unchoke[],
  ): readonly Unchoke[] {
    const { optimisticRounds } = this.options;
    this.ranking = best(eligible, eligible.length, this.preference.rate);
    const trial = `on trial, round ${(round % optimisticRounds) + 1} of ${optimisticRounds}`;
    return unchokes.map((unchoke, place) => {
      if (unchoke.kind === "regular") {
        return { ...unchoke, reason: `rank ${place + 1} ${this.preference.by}` };
      }
      return unchoke.peer.peerInterested ? { ...unchoke, reason: trial } : unchoke;
    });
  }
}
