import type { Bitfield } from "../core/bitfield.ts";
import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Connection } from "../engine/connection.ts";
import type { PeerMessages } from "../wire/messages.ts";
import type { ByteWire } from "./byte-wire.ts";
import * as kind from "./kinds.ts";
import type { Membership } from "./membership.ts";
import type { SimPeer } from "./sim-peer.ts";
import type { Swarm } from "./swarm.ts";

/** Takes events off the queue, one by one, and hands each to the client that it concerns. */
export class Dispatcher {
  /** Events so far, and bytes of blocks that were on their way to a connection that had closed. */
  events = 0;
  lostBytes = 0;
  private readonly swarm: Swarm;
  private readonly membership: Membership;
  private readonly byteWire: ByteWire | undefined;

  constructor(swarm: Swarm, membership: Membership, byteWire: ByteWire | undefined) {
    this.swarm = swarm;
    this.membership = membership;
    this.byteWire = byteWire;
  }

  /** The event in the queue's fields. */
  dispatch(): void {
    this.events++;
    const { queue } = this.swarm;
    if (queue.kind <= kind.BLOCK_ARRIVES)
      this.message(queue.kind, queue.handle, queue.number, queue.value);
    else this.other(queue.kind, queue.value);
  }

  private message(what: number, handle: number, number: number, value: number): void {
    const { swarm } = this;
    if (!swarm.arenas.cells.isCurrent(handle, number)) {
      this.missed(what, value);
      return;
    }
    const { peer } = swarm.queue;
    const { downlinks, heldUntil } = swarm.network;
    if (
      downlinks.isHolding(peer) &&
      what !== kind.BLOCK_ARRIVES &&
      (heldUntil[handle] as number) > swarm.clock.now
    ) {
      // TCP keeps order: what was said after a block waits until the block is through the downlink.
      swarm.queue.push(heldUntil[handle] as number, what, handle, number, peer, value);
      return;
    }
    const own = swarm.peers[peer] as SimPeer;
    if (what === kind.HAVE && this.byteWire === undefined) {
      own.client?.pieces.remoteHas(handle, value);
      return;
    }
    const connection = swarm.arenas.connections[handle] as Connection;
    if (what === kind.BLOCK_ARRIVES) this.arrive(own, connection, value);
    else this.deliver(own, connection, what, value);
  }

  private deliver(peer: SimPeer, connection: Connection, what: number, value: number): void {
    const { network } = this.swarm;
    const target: PeerMessages =
      this.byteWire === undefined ? connection : this.byteWire.into(connection);
    switch (what) {
      case kind.HAVE:
        return target.have(value);
      case kind.REQUEST:
        this.askFor(target, value);
        return this.pump(peer);
      case kind.BLOCK:
        return this.block(peer, target, value);
      case kind.CHOKE:
        return target.choke();
      case kind.UNCHOKE:
        return target.unchoke();
      case kind.INTERESTED:
        return target.interested();
      case kind.NOT_INTERESTED:
        return target.notInterested();
      case kind.CANCEL:
        return this.cancel(target, value);
      case kind.HANDSHAKE:
        return target.handshake(peer.linkOf(connection.handle).remote.handshake);
      case kind.BITFIELD:
        target.bitfield(network.bitfields.get(value) as Bitfield);
        network.bitfields.delete(value);
        return;
      case kind.KEEP_ALIVE:
        return target.keepAlive();
      case kind.CLOSE:
        this.byteWire?.closed(connection);
        return this.swarm.closed(peer, connection);
    }
  }

  private other(what: number, value: number): void {
    const { swarm, membership } = this;
    const { queue, peers } = swarm;
    const peer = peers[queue.peer] as SimPeer;
    switch (what) {
      case kind.UPLINK_FREE:
        swarm.network.freeUplink(queue.peer);
        return this.pump(peer);
      case kind.DOWNLINK_DONE:
        return this.downlinkDone(peer);
      case kind.UPLINK_READY:
        if (peer.uplinkReadyAt !== queue.time) return;
        peer.uplinkReadyAt = -1;
        return this.pump(peer);
      case kind.TIMER:
        if (peer.timerAt !== queue.time || peer.client === undefined) return;
        peer.client.timeout();
        return this.pump(peer);
      case kind.VERIFIED:
        return this.verified(peer, value);
      case kind.DIAL:
        return swarm.dialled(peer, peers[value] as SimPeer);
      case kind.DIALLED:
        return swarm.accepted(peer, queue.handle, queue.number, value);
      case kind.DIAL_FAILED:
        return peer.client?.dialFailed();
      case kind.TRACKER_REQUEST:
        return swarm.tracking.requested(value);
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

  /** The uplink takes the next block when it is idle. */
  private pump(peer: SimPeer): void {
    const { client } = peer;
    if (client === undefined || this.swarm.network.isUplinkBusy(peer.number)) return;
    if (client.sendBlock()) return;
    const { readyAt } = client.uploads;
    if (readyAt === Number.POSITIVE_INFINITY || readyAt === peer.uplinkReadyAt) return;
    peer.uplinkReadyAt = readyAt;
    this.swarm.queue.push(readyAt, kind.UPLINK_READY, 0, 0, peer.number, 0);
  }

  /** A block is at the downlink, which takes blocks in the order of arrival. */
  private arrive(peer: SimPeer, connection: Connection, value: number): void {
    const { clock, network, queue } = this.swarm;
    if (this.swarm.hasCrashes && this.wasCutOff(peer, connection)) {
      this.lostBytes += network.lengthOf(value); // the uploader crashed before the last byte was sent
      return;
    }
    const span = network.downlinkSpan(peer.number, network.lengthOf(value));
    const { downlinks } = network;
    const done = downlinks.pass(peer.number, clock.now, span);
    if (done <= clock.now) {
      this.deliver(peer, connection, kind.BLOCK, value);
      return;
    }
    network.heldUntil[connection.handle] = done;
    const isFirst = !downlinks.isHolding(peer.number);
    downlinks.push(peer.number, done, connection.handle, connection.number, value);
    if (isFirst) queue.push(done, kind.DOWNLINK_DONE, 0, 0, peer.number, 0);
  }

  /** The first block that waited in the downlink is through. */
  private downlinkDone(peer: SimPeer): void {
    const { network, queue, arenas } = this.swarm;
    const { downlinks } = network;
    downlinks.peek(peer.number);
    const { handle, number, value } = downlinks;
    downlinks.shift(peer.number);
    if (downlinks.peek(peer.number)) {
      queue.push(downlinks.time, kind.DOWNLINK_DONE, 0, 0, peer.number, 0);
    }
    if (arenas.cells.isCurrent(handle, number)) {
      this.deliver(peer, arenas.connections[handle] as Connection, kind.BLOCK, value);
    } else {
      this.lostBytes += network.lengthOf(value);
    }
  }

  private wasCutOff(peer: SimPeer, connection: Connection): boolean {
    const { remote } = peer.linkOf(connection.handle);
    return (
      remote.crashedAt >= 0 && this.swarm.clock.now - peer.delay - remote.delay > remote.crashedAt
    );
  }

  private block(peer: SimPeer, target: PeerMessages, value: number): void {
    const { geometry } = this.swarm.network;
    const index = value < 0 ? ~value : value;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const block = index - piece * geometry.blocksPerPiece;
    if (value < 0) peer.spoil(piece);
    target.piece(piece, block * BLOCK_SIZE, this.swarm.block(geometry.lengthOfBlock(piece, block)));
    this.pump(peer);
  }

  private askFor(target: PeerMessages, index: number): void {
    const { geometry } = this.swarm.network;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const block = index - piece * geometry.blocksPerPiece;
    target.request(piece, block * BLOCK_SIZE, geometry.lengthOfBlock(piece, block));
  }

  private cancel(target: PeerMessages, index: number): void {
    const { geometry } = this.swarm.network;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const block = index - piece * geometry.blocksPerPiece;
    target.cancel(piece, block * BLOCK_SIZE, geometry.lengthOfBlock(piece, block));
  }

  private verified(peer: SimPeer, value: number): void {
    const { client } = peer;
    if (client === undefined) return;
    client.pieceVerified(value < 0 ? ~value : value, value >= 0);
    if (client.pieces.have.isComplete && peer.completedAt < 0) this.membership.completed(peer);
  }

  /** The connection closed while this was on its way. */
  private missed(what: number, value: number): void {
    const { network } = this.swarm;
    if (what === kind.BITFIELD) network.bitfields.delete(value);
    if (what === kind.BLOCK_ARRIVES) this.lostBytes += network.lengthOf(value);
  }
}
