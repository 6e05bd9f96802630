import { assert } from "../core/assert.ts";
import type { Bitfield } from "../core/bitfield.ts";
import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Outgoing } from "../engine/outgoing.ts";
import type { Handshake } from "../wire/messages.ts";
import * as kind from "./kinds.ts";
import type { SimPeer } from "./sim-peer.ts";
import type { Swarm } from "./swarm.ts";

/**
 * The sending ends of a peer's connections in the `access` model: what its client says becomes an event at the other end.
 * Lengths are BEP 3's, in bytes.
 */
export class Links implements Outgoing {
  private readonly swarm: Swarm;
  private readonly own: SimPeer;

  constructor(swarm: Swarm, own: SimPeer) {
    this.swarm = swarm;
    this.own = own;
  }

  handshake(handle: number, _handshake: Handshake): void {
    this.say(handle, kind.HANDSHAKE, 0, 68);
  }

  keepAlive(handle: number): void {
    this.say(handle, kind.KEEP_ALIVE, 0, 4);
  }

  choke(handle: number): void {
    this.say(handle, kind.CHOKE, 0, 5);
  }

  unchoke(handle: number): void {
    this.say(handle, kind.UNCHOKE, 0, 5);
  }

  interested(handle: number): void {
    this.say(handle, kind.INTERESTED, 0, 5);
  }

  notInterested(handle: number): void {
    this.say(handle, kind.NOT_INTERESTED, 0, 5);
  }

  have(handles: readonly number[], piece: number): void {
    for (let i = 0; i < handles.length; i++) this.say(handles[i] as number, kind.HAVE, piece, 9);
  }

  bitfield(handle: number, pieces: Bitfield): void {
    const { network } = this.swarm;
    const ticket = network.ticket();
    network.bitfields.set(ticket, pieces.copy());
    this.say(handle, kind.BITFIELD, ticket, 5 + ((pieces.length + 7) >>> 3));
  }

  request(handle: number, piece: number, begin: number, length: number): void {
    this.say(handle, kind.REQUEST, this.blockIndex(piece, begin, length), 17);
  }

  cancel(handle: number, piece: number, begin: number, length: number): void {
    this.say(handle, kind.CANCEL, this.blockIndex(piece, begin, length), 17);
  }

  piece(handle: number, piece: number, begin: number, length: number): void {
    const { own } = this;
    const index = this.blockIndex(piece, begin, length);
    this.swarm.network.send(own.number, handle, own.corruptsNext() ? ~index : index, length);
  }

  hangUp(handle: number): void {
    this.say(handle, kind.CLOSE, 0, 0);
    this.swarm.freeHandle(this.own, handle);
  }

  private say(handle: number, what: number, value: number, length: number): void {
    this.swarm.network.say(this.own.number, handle, what, value, length);
  }

  private blockIndex(piece: number, begin: number, length: number): number {
    const { geometry } = this.swarm.network;
    const block = begin / BLOCK_SIZE;
    assert(
      length === geometry.lengthOfBlock(piece, block),
      "only whole blocks travel in a simulation",
    );
    return piece * geometry.blocksPerPiece + block;
  }
}
