import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import { RoundBytes } from "./round-bytes.ts";

/** What libtorrent's `choker.cpp` knows of a peer; bytes, and times in ms. */
export interface LibtorrentPeer {
  readonly peer: Neighbour;
  /** When we last unchoked it; when it connected, if never. */
  unchokedAt: number;
  /** What we had sent to it by then. */
  uploadedAtUnchoke: number;
  /** When it last had an optimistic slot; 0 for never. */
  optimisticAt: number;
  isOptimistic: boolean;
}

/** Who comes first among those that sent equally much in the last round: negative when it is `a`. */
export type SeedOrder = (
  a: LibtorrentPeer,
  b: LibtorrentPeer,
  round: ChokeRound,
  uploaded: RoundBytes,
) => number;

/**
 * libtorrent 2.x (`choker.cpp`; `session_impl.cpp`, `recalculate_unchoke_slots` and `recalculate_optimistic_unchoke_slots`). Who
 * sent most in the last round comes first; among seeders' neighbours nobody did, and the seed choking algorithm decides. A
 * fifth of the slots is optimistic, for who has waited longest for that.
 */
export class LibtorrentChoker implements Choker {
  private readonly order: SeedOrder;
  private readonly optimisticRounds: number;
  private readonly known = new Map<Neighbour, LibtorrentPeer>();
  private readonly downloaded = new RoundBytes((peer) => peer.downloaded);
  private readonly uploaded = new RoundBytes((peer) => peer.uploaded);
  /** Of a round that is explained: everybody who is interested, best first, and how many have regular slots. */
  private ranking: readonly Neighbour[] = [];
  private regularSlots = 0;

  constructor(order: SeedOrder, optimisticRounds: number) {
    this.order = order;
    this.optimisticRounds = optimisticRounds;
  }

  joined(peer: Neighbour): void {
    this.known.set(peer, {
      peer,
      unchokedAt: peer.connectedAt,
      uploadedAtUnchoke: 0,
      optimisticAt: 0,
      isOptimistic: false,
    });
  }

  left(peer: Neighbour): void {
    this.known.delete(peer);
    this.downloaded.forget(peer);
    this.uploaded.forget(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    if (round.trigger === "timer") {
      this.downloaded.turn(round.neighbours);
      this.uploaded.turn(round.neighbours);
    }
    const interested = [...this.known.values()].filter(({ peer }) => peer.peerInterested);
    const optimisticSlots = Math.min(Math.max(1, Math.floor(round.slots / 5)), round.slots);
    const regular = this.regular(interested, round, round.slots - optimisticSlots);
    const others = interested.filter((one) => !regular.includes(one));
    const optimistic = this.optimistic(others, round, optimisticSlots);
    for (const one of this.known.values()) one.isOptimistic = optimistic.includes(one);
    return [
      ...regular.map(({ peer }) => ({
        peer,
        kind: "regular" as const,
        ...this.reason(peer, round),
      })),
      ...optimistic.map(({ peer }) => ({ peer, kind: "optimistic" as const })),
    ];
  }

  whyChoked(peer: Neighbour): string {
    return `rank ${this.ranking.indexOf(peer) + 1}; regular slots: ${this.regularSlots}`;
  }

  /** Why `peer` has a regular slot. */
  private reason(peer: Neighbour, { trigger, isExplained }: ChokeRound): Pick<Unchoke, "reason"> {
    if (isExplained !== true) return {};
    const isKept = trigger === "event" && !peer.amChoking;
    if (isKept) return { reason: "keeps its slot until the next round" };
    const by = this.downloaded.last(peer) > 0 ? "what it sent" : "the seed choking algorithm";
    return { reason: `rank ${this.ranking.indexOf(peer) + 1} by ${by}` };
  }

  /** The first in the order; between two rounds those that have a slot keep it. */
  private regular(
    interested: readonly LibtorrentPeer[],
    round: ChokeRound,
    slots: number,
  ): LibtorrentPeer[] {
    const keeps = ({ peer, isOptimistic }: LibtorrentPeer) =>
      round.trigger === "event" && !peer.amChoking && !isOptimistic;
    const sorted = [...interested].sort(
      (a, b) =>
        Number(keeps(b)) - Number(keeps(a)) ||
        this.downloaded.last(b.peer) - this.downloaded.last(a.peer) ||
        this.order(a, b, round, this.uploaded),
    );
    const regular = sorted.slice(0, slots);
    if (round.isExplained === true) {
      this.ranking = sorted.map(({ peer }) => peer);
      this.regularSlots = slots;
    }
    for (const one of regular) this.unchoke(one, round.time);
    return regular;
  }

  /** Who has waited longest for it, when the interval is over or a place is free; else those that have it. */
  private optimistic(
    others: readonly LibtorrentPeer[],
    { trigger, round, time }: ChokeRound,
    slots: number,
  ): LibtorrentPeer[] {
    const kept = others.filter(({ isOptimistic }) => isOptimistic);
    const isOver = trigger === "timer" && round % this.optimisticRounds === 0;
    // A promotion to a regular slot, or one who left, forces a new optimistic unchoke.
    if (!isOver && kept.length >= slots) return kept.slice(0, slots);
    const chosen = [...others].sort((a, b) => a.optimisticAt - b.optimisticAt).slice(0, slots);
    for (const one of chosen) {
      if (!one.isOptimistic) one.optimisticAt = time;
      this.unchoke(one, time);
    }
    return chosen;
  }

  private unchoke(one: LibtorrentPeer, time: number): void {
    if (!one.peer.amChoking) return;
    one.unchokedAt = time;
    one.uploadedAtUnchoke = one.peer.uploaded;
  }
}
