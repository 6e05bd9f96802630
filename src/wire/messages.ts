import type { Bitfield } from "../core/bitfield.ts";

/** A block's payload. In simulation it has a length and no bytes. */
export interface Block {
  readonly length: number;
  readonly bytes?: Uint8Array;
}

/** The first message of each side (BEP 3). */
export interface Handshake {
  /** 8 bytes: bit 20 from the right is BEP 10, bit 2 of the last byte is BEP 6. */
  readonly reserved: Uint8Array;
  /** 20 bytes. */
  readonly infohash: Uint8Array;
  /** 20 bytes. */
  readonly peerId: Uint8Array;
}

/**
 * BEP 3, one method a message. The encoder, the decoder's target, a simulated link and the engine's own side of a
 * connection all speak it.
 */
export interface PeerMessages {
  handshake(handshake: Handshake): void;
  keepAlive(): void;
  choke(): void;
  unchoke(): void;
  interested(): void;
  notInterested(): void;
  have(piece: number): void;
  bitfield(pieces: Bitfield): void;
  /** `begin` is the byte offset inside the piece, `length` in bytes. */
  request(piece: number, begin: number, length: number): void;
  piece(piece: number, begin: number, block: Block): void;
  cancel(piece: number, begin: number, length: number): void;
}

/** What BEP 6 (fast extension) adds. */
export interface FastMessages {
  haveAll(): void;
  haveNone(): void;
  suggestPiece(piece: number): void;
  rejectRequest(piece: number, begin: number, length: number): void;
  allowedFast(piece: number): void;
}

/** What BEP 10 (extension protocol) adds: `id` 0 is the extension handshake, the payload is bencoded. */
export interface ExtensionMessages {
  extended(id: number, payload: Uint8Array): void;
}

/** Everything the codec speaks. */
export interface WireMessages extends PeerMessages, FastMessages, ExtensionMessages {}
