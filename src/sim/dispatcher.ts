import type { ByteWire } from "./byte-wire.ts";
import { Inbound } from "./inbound.ts";
import * as kind from "./kinds.ts";
import type { Membership } from "./membership.ts";
import type { SimPeer } from "./sim-peer.ts";
import type { Swarm } from "./swarm.ts";

/** Takes events off the queue, one by one, and hands each to whom it concerns. */
export class Dispatcher {
  /** Events so far. */
  events = 0;
  private readonly swarm: Swarm;
  private readonly membership: Membership;
  private readonly inbound: Inbound;

  constructor(swarm: Swarm, membership: Membership, byteWire: ByteWire | undefined) {
    this.swarm = swarm;
    this.membership = membership;
    this.inbound = new Inbound(swarm, byteWire);
  }

  /** Bytes of blocks that were on their way to a connection that had closed. */
  get lostBytes(): number {
    return this.inbound.lostBytes;
  }

  /** The event in the queue's fields. */
  dispatch(): void {
    this.events++;
    const { queue } = this.swarm;
    if (queue.kind <= kind.BLOCK_ARRIVES) {
      this.inbound.message(queue.kind, queue.handle, queue.number, queue.value);
    } else {
      this.other(queue.kind, queue.value);
    }
  }

  private other(what: number, value: number): void {
    const { swarm, membership } = this;
    const { queue, peers } = swarm;
    const peer = peers[queue.peer] as SimPeer;
    switch (what) {
      case kind.UPLINK_FREE:
        swarm.network.freeUplink(queue.peer);
        return swarm.pump(queue.peer);
      case kind.DOWNLINK_DONE:
        return this.inbound.downlinkDone(queue.peer);
      case kind.UPLINK_READY:
        if (peer.uplinkReadyAt !== queue.time) return;
        peer.uplinkReadyAt = -1;
        return swarm.pump(peer.number);
      case kind.TIMER:
        if (peer.timerAt !== queue.time || peer.client === undefined) return;
        peer.client.timeout();
        return swarm.pump(peer.number);
      case kind.VERIFIED:
        return this.verified(peer, value);
      case kind.DIAL:
        return swarm.dialled(peer, peers[value] as SimPeer);
      case kind.DIALLED:
        return swarm.accepted(peer, queue.handle, queue.number, value);
      case kind.DIAL_FAILED:
        return peer.client?.dialFailed();
      case kind.TRACKER_REQUEST:
        return swarm.tracking.requested(peer, value);
      case kind.TRACKER_RESPONSE:
        return swarm.tracking.responded(peer, value);
      case kind.ANNOUNCE_TIMER:
        return swarm.tracking.timeout(peer);
      case kind.ARRIVAL:
        return membership.arrive(value);
      case kind.DEPARTURE:
        return membership.depart(peer);
      case kind.SAMPLE:
        return membership.sample();
    }
  }

  private verified(peer: SimPeer, value: number): void {
    const { client } = peer;
    if (client === undefined) return;
    client.pieceVerified(value < 0 ? ~value : value, value >= 0);
    if (client.pieces.have.isComplete && peer.completedAt < 0) this.membership.completed(peer);
  }
}
