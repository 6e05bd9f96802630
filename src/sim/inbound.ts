import type { Bitfield } from "../core/bitfield.ts";
import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Client } from "../engine/client.ts";
import type { Connection } from "../engine/connection.ts";
import { NOTHING } from "../engine/haves.ts";
import type { PeerMessages } from "../wire/messages.ts";
import type { ByteWire } from "./byte-wire.ts";
import * as kind from "./kinds.ts";
import type { SimPeer } from "./sim-peer.ts";
import type { Swarm } from "./swarm.ts";

/**
 * What comes in over links: messages when they arrive, blocks when they are through the downlink. The frequent ones go
 * straight to the part of the client that they concern, the others by way of the connection.
 */
export class Inbound {
  /** Bytes of blocks that were on their way to a connection that had closed. */
  lostBytes = 0;
  private readonly swarm: Swarm;
  private readonly byteWire: ByteWire | undefined;

  constructor(swarm: Swarm, byteWire: ByteWire | undefined) {
    this.swarm = swarm;
    this.byteWire = byteWire;
  }

  /** The message in the queue's fields. */
  message(what: number, handle: number, number: number, value: number): void {
    const { swarm } = this;
    const { queue, network, arenas } = swarm;
    if (arenas.cells.number(handle) !== number) {
      this.missed(what, value);
      return;
    }
    const own = swarm.peers[queue.peer] as SimPeer;
    if (what === kind.BLOCK_ARRIVES) {
      this.arrive(own, handle, number, value);
      return;
    }
    if (network.downlinks.isHolding(queue.peer)) {
      const held = network.heldUntil(handle);
      if (held > swarm.clock.now) {
        // TCP keeps order: what was said after a block waits until the block is through the downlink.
        queue.push(held, what, handle, number, queue.peer, value);
        return;
      }
    }
    if (this.byteWire !== undefined) this.deliver(own, handle, what, value);
    else if (what === kind.HAVE) this.have(own, handle, value);
    else if (what === kind.REQUEST) this.requested(own, handle, value);
    else this.deliver(own, handle, what, value);
  }

  /** The first block that waited in the downlink is through. */
  downlinkDone(peer: SimPeer): void {
    const { network, queue, arenas } = this.swarm;
    const { downlinks } = network;
    downlinks.peek(peer.number);
    const { handle, number, value } = downlinks;
    downlinks.shift(peer.number);
    if (downlinks.peek(peer.number)) {
      queue.push(downlinks.time, kind.DOWNLINK_DONE, 0, 0, peer.number, 0);
    }
    if (arenas.cells.number(handle) === number) this.block(peer, handle, value);
    else this.lostBytes += network.lengthOf(value);
  }

  /** A block is at the downlink, which takes blocks in the order of arrival. */
  private arrive(peer: SimPeer, handle: number, number: number, value: number): void {
    const { swarm } = this;
    const { clock, network, queue } = swarm;
    const length = network.lengthOf(value);
    if (swarm.hasCrashes && this.wasCutOff(peer, handle)) {
      this.lostBytes += length; // the uploader crashed before the last byte was sent
      return;
    }
    const { downlinks } = network;
    const span = network.downlinkSpan(peer.number, length);
    const done = downlinks.pass(peer.number, clock.now, span);
    if (done <= clock.now) {
      this.block(peer, handle, value);
      return;
    }
    network.holdUntil(handle, done);
    const isFirst = !downlinks.isHolding(peer.number);
    downlinks.push(peer.number, done, handle, number, value);
    if (isFirst) queue.push(done, kind.DOWNLINK_DONE, 0, 0, peer.number, 0);
  }

  private wasCutOff(peer: SimPeer, handle: number): boolean {
    const { clock, peers, arenas } = this.swarm;
    const remote = peers[arenas.cells.remote(handle)] as SimPeer;
    return remote.crashedAt >= 0 && clock.now - peer.delay - remote.delay > remote.crashedAt;
  }

  private block(peer: SimPeer, handle: number, value: number): void {
    const { swarm, byteWire } = this;
    const { geometry } = swarm.network;
    const index = value < 0 ? ~value : value;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const number = index - piece * geometry.blocksPerPiece;
    const block = swarm.block(geometry.lengthOfBlock(piece, number));
    peer.isSpoiling = value < 0;
    if (byteWire === undefined) {
      (peer.client as Client).downloads.received(handle, piece, number * BLOCK_SIZE, block);
    } else {
      byteWire.into(this.connectionOf(handle)).piece(piece, number * BLOCK_SIZE, block);
    }
    peer.pump();
  }

  private have(peer: SimPeer, handle: number, piece: number): void {
    const client = peer.client as Client;
    const outcome = this.swarm.arenas.haves.note(client.row, handle, piece);
    if (outcome !== NOTHING) client.pieces.follow(handle, outcome);
  }

  private requested(peer: SimPeer, handle: number, index: number): void {
    const { geometry } = this.swarm.network;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const block = index - piece * geometry.blocksPerPiece;
    const length = geometry.lengthOfBlock(piece, block);
    const { row } = peer.client as Client;
    this.swarm.arenas.uploads.requested(row, handle, piece, block * BLOCK_SIZE, length);
    peer.pump();
  }

  private deliver(peer: SimPeer, handle: number, what: number, value: number): void {
    const { network } = this.swarm;
    const connection = this.connectionOf(handle);
    const target: PeerMessages = this.byteWire?.into(connection) ?? connection;
    switch (what) {
      case kind.HAVE:
        return target.have(value);
      case kind.REQUEST:
      case kind.CANCEL:
        this.askFor(target, what, value);
        return peer.pump();
      case kind.CHOKE:
        return target.choke();
      case kind.UNCHOKE:
        return target.unchoke();
      case kind.INTERESTED:
        return target.interested();
      case kind.NOT_INTERESTED:
        return target.notInterested();
      case kind.HANDSHAKE:
        return target.handshake((this.swarm.peers[connection.remote] as SimPeer).handshake);
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

  private askFor(target: PeerMessages, what: number, index: number): void {
    const { geometry } = this.swarm.network;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const block = index - piece * geometry.blocksPerPiece;
    const length = geometry.lengthOfBlock(piece, block);
    if (what === kind.REQUEST) target.request(piece, block * BLOCK_SIZE, length);
    else target.cancel(piece, block * BLOCK_SIZE, length);
  }

  private connectionOf(handle: number): Connection {
    return this.swarm.arenas.connections[handle] as Connection;
  }

  /** The connection closed while this was on its way. */
  private missed(what: number, value: number): void {
    const { network } = this.swarm;
    if (what === kind.BITFIELD) network.bitfields.delete(value);
    if (what === kind.BLOCK_ARRIVES) this.lostBytes += network.lengthOf(value);
  }
}
