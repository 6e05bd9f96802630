import type { Neighbour } from "../../engine/choker.ts";

interface Entry {
  /** The total when the running round began. */
  total: number;
  last: number;
  beforeLast: number;
}

const nothing: Entry = { total: 0, last: 0, beforeLast: 0 };

/** What each neighbour sent, or took, in each of the last two whole rounds, in bytes. */
export class RoundBytes {
  private readonly totalOf: (peer: Neighbour) => number;
  private readonly entries = new Map<Neighbour, Entry>();

  /** `totalOf` is what is counted: `downloaded`, or `uploaded`. */
  constructor(totalOf: (peer: Neighbour) => number) {
    this.totalOf = totalOf;
  }

  /** The timer: a round is over. */
  turn(neighbours: readonly Neighbour[]): void {
    for (const peer of neighbours) {
      const { total, last } = this.entries.get(peer) ?? nothing;
      const now = this.totalOf(peer);
      this.entries.set(peer, { total: now, last: now - total, beforeLast: last });
    }
  }

  last(peer: Neighbour): number {
    return this.entries.get(peer)?.last ?? 0;
  }

  beforeLast(peer: Neighbour): number {
    return this.entries.get(peer)?.beforeLast ?? 0;
  }

  forget(peer: Neighbour): void {
    this.entries.delete(peer);
  }
}
