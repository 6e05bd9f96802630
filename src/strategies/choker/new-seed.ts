import type { Random } from "../../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { insertAtRandom, remove, startAt } from "./connections.ts";
import { titForTatOptions } from "./tit-for-tat.ts";

type NewSeedOptions = { readonly optimisticRounds: number; readonly newPeerWeight: number };

/**
 * Seed state of the reference client since 4.0 (`_rechoke_seed`; Legout 2006): every peer that keeps asking gets the same
 * time, whatever its speed.
 */
export const newSeed: ChokerDefinition<NewSeedOptions> = {
  name: "new-seed",
  summary:
    "Serves all alike, the latest unchoked first: the reference client's seed state since 4.0 (Legout 2006).",
  options: {
    optimisticRounds: {
      ...titForTatOptions.optimisticRounds,
      summary:
        "New peers are forced in over every so many rechoke rounds: one for that many slots.",
    },
    newPeerWeight: titForTatOptions.newPeerWeight,
  },
  seederOnly: true,
  create: (options) => new NewSeed(options),
};

export class NewSeed implements Choker {
  private readonly options: NewSeedOptions;
  private connections: Neighbour[] = [];
  private readonly unchokeRound = new Map<Neighbour, number>();
  private unchokesSinceLast = 0;

  constructor(options: NewSeedOptions) {
    this.options = options;
  }

  joined(peer: Neighbour, random: Random): void {
    insertAtRandom(this.connections, peer, random, this.options.newPeerWeight);
  }

  left(peer: Neighbour): void {
    remove(this.connections, peer);
    this.unchokeRound.delete(peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    const kept = this.preferred(round).slice(0, round.slots - this.forced(round));
    let free = round.slots - kept.length;
    this.unchokesSinceLast = round.trigger === "timer" ? 0 : this.unchokesSinceLast + free;
    const reason = "keeps its slot";
    const unchokes: Unchoke[] = kept.map((peer) => ({ peer, kind: "seed", reason }));
    let lastUnchoked = -1;
    for (let i = 0; i < this.connections.length && free > 0; i++) {
      const peer = this.connections[i] as Neighbour;
      if (!peer.peerInterested || kept.includes(peer)) continue;
      unchokes.push({ peer, kind: "seed", reason: "next in line" });
      if (peer.amChoking) this.unchokeRound.set(peer, round.round);
      free--;
      if (free === 0) lastUnchoked = i;
    }
    if (lastUnchoked >= 0) this.connections = startAt(this.connections, lastUnchoked + 1);
    return unchokes;
  }

  /** How many new peers this round must take in: 0, 1, 1 of 4 slots in three rounds, less what events brought in. */
  private forced({ trigger, round, slots }: ChokeRound): number {
    if (trigger === "event") return 0;
    const rounds = this.options.optimisticRounds;
    const perPeriod = Math.floor((slots + rounds - 1) / rounds);
    const due = Math.floor((perPeriod + (round % rounds)) / rounds);
    return Math.max(0, due - this.unchokesSinceLast);
  }

  /** The unchoked who are interested: the latest unchoked first; after them, by upload rate, who had its time and is idle. */
  private preferred({ round }: ChokeRound): Neighbour[] {
    const unchoked = this.connections.filter((peer) => !peer.amChoking && peer.peerInterested);
    const since = (peer: Neighbour) => {
      // Unknown while it was another choker that unchoked it: before all that we know of.
      const unchokedIn = this.unchokeRound.get(peer) ?? -1;
      // The source asks for queued data and a drained socket; our uplink takes a block only when it can send it.
      const isAsking = peer.queuedRequests > 0;
      return isAsking || unchokedIn > round - this.options.optimisticRounds ? unchokedIn : -2;
    };
    return unchoked.sort((a, b) => since(b) - since(a) || b.uploadRate - a.uploadRate);
  }
}
