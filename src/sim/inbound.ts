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
    const { peer } = queue;
    if (arenas.cells.number(handle) !== number) {
      this.missed(what, value);
      return;
    }
    if (what === kind.BLOCK_ARRIVES) {
      this.arrive(peer, handle, number, value);
      return;
    }
    if (network.downlinks.isHolding(peer)) {
      // TCP keeps order: what was said after a block waits until the block is through the downlink.
      const held = network.heldUntil(handle);
      if (held > swarm.clock.now) {
        queue.push(held, what, handle, number, peer, value);
        return;
      }
      // That may be due now, and its event still to come.
      if (held === swarm.clock.now && this.takeWaiting(peer)) {
        this.message(what, handle, number, value);
        return;
      }
    }
    if (this.byteWire !== undefined) this.deliver(peer, handle, what, value);
    else if (what === kind.HAVE) this.have(peer, handle, value);
    else if (what === kind.REQUEST) this.requested(peer, handle, value);
    else this.deliver(peer, handle, what, value);
  }

  /** The first block that waited in the downlink of `peer` is through, if a message behind it did not find it first. */
  downlinkDone(peer: number): void {
    this.takeWaiting(peer);
  }

  /** Hands over the first block that waits in the downlink of `peer`, when it is through by now; false when not. */
  private takeWaiting(peer: number): boolean {
    const { network, queue, arenas, clock } = this.swarm;
    const { downlinks } = network;
    if (!downlinks.peek(peer) || downlinks.time > clock.now) return false;
    const { handle, number, value } = downlinks;
    downlinks.shift(peer);
    if (downlinks.peek(peer)) {
      queue.push(downlinks.time, kind.DOWNLINK_DONE, 0, 0, peer, 0);
    }
    if (arenas.cells.number(handle) === number) this.block(peer, handle, value);
    else this.lostBytes += network.lengthOf(value);
    return true;
  }

  /** A block is at the downlink, which takes blocks in the order of arrival. */
  private arrive(peer: number, handle: number, number: number, value: number): void {
    const { swarm } = this;
    const { clock, network, queue } = swarm;
    const length = network.lengthOf(value);
    if (swarm.hasCrashes && this.wasCutOff(peer, handle, length)) {
      this.lostBytes += length;
      return;
    }
    const { downlinks } = network;
    const done = downlinks.pass(peer, clock.now, network.downlinkSpan(peer, length));
    if (done <= clock.now) {
      this.block(peer, handle, value);
      return;
    }
    network.holdUntil(handle, done);
    const isFirst = !downlinks.isHolding(peer);
    downlinks.push(peer, done, handle, number, value);
    if (isFirst) queue.push(done, kind.DOWNLINK_DONE, 0, 0, peer, 0);
  }

  /** Whether the uploader crashed before the block's last byte had left it. */
  private wasCutOff(peer: number, handle: number, length: number): boolean {
    const { clock, peers, arenas, network } = this.swarm;
    const own = peers[peer] as SimPeer;
    const remote = peers[arenas.cells.remote(handle)] as SimPeer;
    if (remote.crashedAt < 0) return false;
    // A downlink slower than the uplink took the rest of its time after that.
    const span = network.downlinkSpan(peer, length) - network.uplinkSpan(remote.number, length);
    return clock.now - own.delay - remote.delay - Math.max(0, span) > remote.crashedAt;
  }

  private block(peer: number, handle: number, value: number): void {
    const { swarm, byteWire } = this;
    const { geometry } = swarm.network;
    const index = value < 0 ? ~value : value;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const number = index - piece * geometry.blocksPerPiece;
    const block = swarm.block(geometry.lengthOfBlock(piece, number));
    swarm.storage.isSpoiling = value < 0;
    if (byteWire === undefined) {
      this.clientOf(peer).downloads.received(handle, piece, number * BLOCK_SIZE, block);
    } else {
      byteWire.into(this.connectionOf(handle)).piece(piece, number * BLOCK_SIZE, block);
    }
    swarm.pump(peer);
  }

  private have(peer: number, handle: number, piece: number): void {
    const { network, arenas } = this.swarm;
    const outcome = arenas.haves.note(network.clientRow(peer), handle, piece);
    if (outcome !== NOTHING) this.clientOf(peer).pieces.follow(handle, piece, outcome);
  }

  private requested(peer: number, handle: number, index: number): void {
    const { network, arenas } = this.swarm;
    const { geometry } = network;
    const piece = Math.floor(index / geometry.blocksPerPiece);
    const block = index - piece * geometry.blocksPerPiece;
    const length = geometry.lengthOfBlock(piece, block);
    arenas.uploads.requested(network.clientRow(peer), handle, piece, block * BLOCK_SIZE, length);
    this.swarm.pump(peer);
  }

  private deliver(peer: number, handle: number, what: number, value: number): void {
    const { network } = this.swarm;
    const connection = this.connectionOf(handle);
    const target: PeerMessages = this.byteWire?.into(connection) ?? connection;
    switch (what) {
      case kind.HAVE:
        return target.have(value);
      case kind.REQUEST:
      case kind.CANCEL:
        this.askFor(target, what, value);
        return this.swarm.pump(peer);
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
        return this.swarm.closed(this.swarm.peers[peer] as SimPeer, connection);
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

  private clientOf(peer: number): Client {
    const { network, arenas } = this.swarm;
    return arenas.clients[network.clientRow(peer)] as Client;
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
