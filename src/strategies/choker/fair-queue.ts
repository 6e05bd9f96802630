import type { Neighbour } from "../../engine/choker.ts";

interface Flow {
  /** Part of the uplink; only the proportions count. */
  readonly weight: number;
  /** Virtual time at which what it was sent is paid for. */
  finish: number;
}

/**
 * Start-time fair queueing (Goyal 1996): each peer's virtual time advances by bytes / weight with what it is sent, and whose is
 * lowest is next. Whoever waits is served, so that the uplink never rests; who did not wait gains nothing by it.
 */
export class FairQueue {
  private flows = new Map<Neighbour, Flow>();
  /** The virtual time of who was served last. */
  private now = 0;

  /** From now on these weights (above 0) hold, and other peers have none. What a peer owes in bytes it keeps. */
  assign(weights: ReadonlyMap<Neighbour, number>): void {
    const flows = new Map<Neighbour, Flow>();
    for (const [peer, weight] of weights) {
      const before = this.flows.get(peer);
      const owed = before === undefined ? 0 : Math.max(0, before.finish - this.now) * before.weight;
      flows.set(peer, { weight, finish: this.now + owed / weight });
    }
    this.flows = flows;
  }

  /** Whom to serve of `waiting`: the first of those whose time is lowest. */
  next(waiting: readonly Neighbour[]): Neighbour | undefined {
    let chosen = waiting[0];
    let lowest = Number.POSITIVE_INFINITY;
    for (const peer of waiting) {
      const flow = this.flows.get(peer);
      if (flow === undefined) continue;
      const start = Math.max(this.now, flow.finish);
      if (start >= lowest) continue;
      lowest = start;
      chosen = peer;
    }
    if (lowest < Number.POSITIVE_INFINITY) this.now = lowest;
    return chosen;
  }

  /** `peer` was sent so many bytes. */
  charge(peer: Neighbour, bytes: number): void {
    const flow = this.flows.get(peer);
    if (flow !== undefined) flow.finish = Math.max(this.now, flow.finish) + bytes / flow.weight;
  }
}
