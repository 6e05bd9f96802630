import { assert } from "../core/assert.ts";
import type { Bitfield } from "../core/bitfield.ts";
import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Block, Handshake, PeerMessages } from "../wire/messages.ts";
import * as kind from "./kinds.ts";
import type { Network } from "./network.ts";
import type { SimPeer } from "./sim-peer.ts";

/**
 * One direction of a connection in the `access` model: what a client says to its remote peer becomes an event at the other
 * end. Control messages take the delay and no link time; a block takes the sender's uplink, the delay and the receiver's
 * downlink. Nothing overtakes anything, as in TCP.
 */
export class Link implements PeerMessages {
  readonly own: SimPeer;
  readonly remote: SimPeer;
  private readonly network: Network;
  private readonly handle: number;

  constructor(network: Network, own: SimPeer, handle: number, remote: SimPeer) {
    this.network = network;
    this.own = own;
    this.handle = handle;
    this.remote = remote;
  }

  handshake(_handshake: Handshake): void {
    this.say(kind.HANDSHAKE, 0, 68);
  }

  keepAlive(): void {
    this.say(kind.KEEP_ALIVE, 0, 4);
  }

  choke(): void {
    this.say(kind.CHOKE, 0, 5);
  }

  unchoke(): void {
    this.say(kind.UNCHOKE, 0, 5);
  }

  interested(): void {
    this.say(kind.INTERESTED, 0, 5);
  }

  notInterested(): void {
    this.say(kind.NOT_INTERESTED, 0, 5);
  }

  have(piece: number): void {
    this.say(kind.HAVE, piece, 9);
  }

  bitfield(pieces: Bitfield): void {
    const ticket = this.network.ticket();
    this.network.bitfields.set(ticket, pieces.copy());
    this.say(kind.BITFIELD, ticket, 5 + ((pieces.length + 7) >>> 3));
  }

  request(piece: number, begin: number, length: number): void {
    this.say(kind.REQUEST, this.blockIndex(piece, begin, length), 17);
  }

  cancel(piece: number, begin: number, length: number): void {
    this.say(kind.CANCEL, this.blockIndex(piece, begin, length), 17);
  }

  piece(piece: number, begin: number, block: Block): void {
    const index = this.blockIndex(piece, begin, block.length);
    this.network.send(this.handle, this.own.corruptsNext() ? ~index : index, block.length);
  }

  /** The connection closes on this side. */
  close(): void {
    this.say(kind.CLOSE, 0, 0);
  }

  private say(what: number, value: number, length: number): void {
    this.network.say(this.handle, what, value, length);
  }

  private blockIndex(piece: number, begin: number, length: number): number {
    const { geometry } = this.network;
    const block = begin / BLOCK_SIZE;
    assert(
      length === geometry.lengthOfBlock(piece, block),
      "only whole blocks travel in a simulation",
    );
    return piece * geometry.blocksPerPiece + block;
  }
}
