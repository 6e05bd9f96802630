import type { Bitfield } from "../core/bitfield.ts";
import type { Connection } from "../engine/connection.ts";
import { Decoder } from "../wire/decoder.ts";
import type { DecoderTarget } from "../wire/deliver.ts";
import { Encoder } from "../wire/encoder.ts";
import { noExtensions, type PeerExtensions } from "../wire/extension-handshake.ts";
import type { MessageLengths } from "../wire/message-lengths.ts";
import type { Block, Handshake } from "../wire/messages.ts";
import type { LinkSocket } from "./link-socket.ts";

/** Arrays below this many bytes in all are joined into one before they go to the system. */
const SMALL = 8_192;

/** ms that a closed connection has to take what was said. */
const LINGER = 5_000;

/** What a link tells its session; the session has the clock and the engine. */
export interface LinkOwner {
  /** The remote side said who it is. */
  greeted(link: PeerLink, handshake: Handshake): void;
  extended(link: PeerLink, id: number, payload: Uint8Array): void;
  /** These blocks went to the system, or nowhere if the connection is gone. */
  drained(link: PeerLink, blocks: readonly Uint8Array[]): void;
}

/**
 * One TCP connection: bytes between a socket and a connection of the engine. Messages gather until `flush`; what the system
 * does not take at once waits in the socket, and the session sees to it that this is bounded.
 */
export class PeerLink implements DecoderTarget {
  readonly socket: LinkSocket;
  readonly handle: number;
  readonly encoder: Encoder;
  readonly decoder: Decoder;
  connection: Connection | undefined = undefined;
  extensions: PeerExtensions = noExtensions;
  /** Bytes of blocks that are asked of the storage or wait in the socket. */
  outstanding = 0;
  /** The session has something to flush. */
  isDirty = false;
  isClosed = false;
  /** The number of the address behind it. */
  readonly remote: number;
  readonly isOutgoing: boolean;
  private readonly owner: LinkOwner;
  private readonly pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private pendingBlocks: Uint8Array[] = [];

  constructor(
    owner: LinkOwner,
    socket: LinkSocket,
    place: { readonly handle: number; readonly remote: number; readonly isOutgoing: boolean },
    lengths: MessageLengths,
    reserved: Uint8Array,
  ) {
    this.owner = owner;
    this.socket = socket;
    this.handle = place.handle;
    this.remote = place.remote;
    this.isOutgoing = place.isOutgoing;
    this.decoder = new Decoder(this, lengths, reserved);
    this.encoder = new Encoder((bytes) => {
      this.pending.push(bytes);
      this.pendingBytes += bytes.length;
    });
  }

  /** Bytes that wait here or in the socket. */
  get buffered(): number {
    return this.pendingBytes + this.socket.writableLength;
  }

  /** A block whose bytes are at hand, and which the uplink is done with at `departsAt` (ms). */
  sendBlock(piece: number, begin: number, bytes: Uint8Array, departsAt: number): void {
    if (this.isClosed) return;
    if (this.socket.blockNext !== undefined) {
      this.flush(); // what was said before goes first
      this.socket.blockNext(departsAt, bytes.length);
    }
    this.encoder.piece(piece, begin, { length: bytes.length, bytes });
    this.pendingBlocks.push(bytes);
  }

  /** Hands everything that was said to the system. */
  flush(): void {
    const { pending, socket } = this;
    if (pending.length === 0) return;
    const blocks = this.pendingBlocks;
    const done = blocks.length === 0 ? undefined : () => this.owner.drained(this, blocks);
    if (pending.length === 1 || this.pendingBytes <= SMALL) {
      socket.write(
        pending.length === 1 ? (pending[0] as Uint8Array) : Buffer.concat(pending),
        done,
      );
    } else {
      socket.cork();
      const last = pending.length - 1;
      for (let at = 0; at < last; at++) socket.write(pending[at] as Uint8Array);
      socket.write(pending[last] as Uint8Array, done);
      socket.uncork();
    }
    pending.length = 0;
    this.pendingBytes = 0;
    if (blocks.length > 0) this.pendingBlocks = [];
  }

  /** The engine hung up: what was said still goes out, to whoever reads it soon. */
  hangUp(): void {
    this.close();
    this.flush();
    this.socket.end();
    this.socket.resume(); // what still comes is thrown away
    setTimeout(() => this.socket.destroy(), LINGER).unref();
  }

  /** Nothing is heard of it any more. */
  close(): void {
    this.isClosed = true;
    this.decoder.close();
  }

  // What the remote peer says

  handshake(handshake: Handshake): void {
    this.owner.greeted(this, handshake);
  }

  keepAlive(): void {
    this.connection?.keepAlive();
  }

  choke(): void {
    this.connection?.choke();
  }

  unchoke(): void {
    this.connection?.unchoke();
  }

  interested(): void {
    this.connection?.interested();
  }

  notInterested(): void {
    this.connection?.notInterested();
  }

  have(piece: number): void {
    this.connection?.have(piece);
  }

  bitfield(pieces: Bitfield): void {
    this.connection?.bitfield(pieces);
  }

  request(piece: number, begin: number, length: number): void {
    this.connection?.request(piece, begin, length);
  }

  piece(piece: number, begin: number, block: Block): void {
    this.connection?.piece(piece, begin, block);
  }

  cancel(piece: number, begin: number, length: number): void {
    this.connection?.cancel(piece, begin, length);
  }

  haveAll(): void {
    this.connection?.haveAll();
  }

  haveNone(): void {
    this.connection?.haveNone();
  }

  suggestPiece(piece: number): void {
    this.connection?.suggestPiece(piece);
  }

  rejectRequest(piece: number, begin: number, length: number): void {
    this.connection?.rejectRequest(piece, begin, length);
  }

  allowedFast(piece: number): void {
    this.connection?.allowedFast(piece);
  }

  extended(id: number, payload: Uint8Array): void {
    this.owner.extended(this, id, payload);
  }
}
