import { Bitfield } from "../../src/core/bitfield.ts";
import type { Picker } from "../../src/engine/picker.ts";
import { type FakeNeighbour, randomOf } from "./neighbours.ts";

interface Remote {
  readonly has: Set<number>;
  readonly shown: Set<number>;
  last: number;
}

/** A client around a picker that shows pieces: it does what the picker says, and knows what each peer has. */
export class ShowingClient {
  time = 0;
  private readonly picker: Picker;
  private readonly own: Bitfield;
  private readonly remotes = new Map<FakeNeighbour, Remote>();
  private readonly random = randomOf("shown");

  /** It has the pieces `own` of `pieceCount`; all by default. */
  constructor(picker: Picker, pieceCount: number, own?: readonly number[]) {
    this.picker = picker;
    this.own = new Bitfield(pieceCount);
    if (own === undefined) this.own.setAll();
    else for (const piece of own) this.own.set(piece);
  }

  join(peer: FakeNeighbour, has: readonly number[] = []): void {
    this.remotes.set(peer, { has: new Set(has), shown: new Set(), last: -1 });
  }

  leave(peer: FakeNeighbour): void {
    this.remotes.delete(peer);
    this.picker.left?.(peer);
  }

  /** Asks what to show `peer` until that is nothing more; returns what it was. */
  ask(peer: FakeNeighbour): number[] {
    const shown: number[] = [];
    for (let piece = this.reveal(peer); piece >= 0; piece = this.reveal(peer)) shown.push(piece);
    return shown;
  }

  /** `peer` has `piece` now; returns what it is shown then. */
  gain(peer: FakeNeighbour, piece: number): number[] {
    this.remote(peer).has.add(piece);
    return this.ask(peer);
  }

  private remote(peer: FakeNeighbour): Remote {
    return this.remotes.get(peer) as Remote;
  }

  private reveal(peer: FakeNeighbour): number {
    const remote = this.remote(peer);
    const { own, remotes } = this;
    const { has, shown } = remote;
    const hidden = own.copy();
    for (const piece of [...has, ...shown]) hidden.clear(piece);
    if (hidden.count === 0) return -1;
    const piece = this.picker.reveal?.({
      peer,
      hidden,
      pieceCount: own.length,
      completed: own.count,
      lastShown: remote.last,
      outstanding: [...shown].filter((one) => !has.has(one)).length,
      availability: (one) => [...remotes.values()].filter((other) => other.has.has(one)).length,
      peerHas: (one) => has.has(one),
      time: this.time,
      random: this.random,
    }) as number;
    if (piece >= 0) {
      shown.add(piece);
      remote.last = piece;
    }
    return piece;
  }
}
