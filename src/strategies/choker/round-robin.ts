import type { ChokeRound, Choker, Neighbour, Unchoke } from "../../engine/choker.ts";
import type { ChokerDefinition } from "../registry.ts";
import { remove, stillServed } from "./connections.ts";

/** Interested peers take turns of one round. An event between two rounds only hands on the slots that it frees. */
export const roundRobin: ChokerDefinition = {
  name: "round-robin",
  summary: "Interested peers take turns in cyclic order, one round each.",
  create: () => new RoundRobin(),
};

class RoundRobin implements Choker {
  /** Who waits longest comes first. */
  private readonly turns: Neighbour[] = [];

  joined(peer: Neighbour): void {
    this.turns.push(peer);
  }

  left(peer: Neighbour): void {
    remove(this.turns, peer);
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    const served = stillServed(round);
    const next = this.turns
      .filter((peer) => peer.peerInterested && !served.includes(peer))
      .slice(0, round.slots - served.length);
    for (const peer of next) {
      remove(this.turns, peer);
      this.turns.push(peer);
    }
    return [...served, ...next].map((peer) => ({ peer, reason: "its turn" }));
  }
}
