import type { Bitfield } from "../core/bitfield.ts";
import type { Handshake } from "../wire/messages.ts";

/**
 * What a client says to its peers: BEP 3's messages, each to the connection behind a handle. One object for all connections
 * of a client, so that a message costs no look at an object of the connection. Nothing here calls the client before it
 * returns.
 */
export interface Outgoing {
  handshake(handle: number, handshake: Handshake): void;
  keepAlive(handle: number): void;
  choke(handle: number): void;
  unchoke(handle: number): void;
  interested(handle: number): void;
  notInterested(handle: number): void;
  /** To each of `handles`; the array is only lent. */
  have(handles: readonly number[], piece: number): void;
  bitfield(handle: number, pieces: Bitfield): void;
  request(handle: number, piece: number, begin: number, length: number): void;
  /** The driver takes the bytes from its storage when the link takes them. */
  piece(handle: number, piece: number, begin: number, length: number): void;
  cancel(handle: number, piece: number, begin: number, length: number): void;
  /**
   * BEP 6, to those who offer it too: the driver of a client that offers it has these. A request that is rejected gets no
   * block.
   */
  haveAll?(handle: number): void;
  haveNone?(handle: number): void;
  rejectRequest?(handle: number, piece: number, begin: number, length: number): void;
  /** Closes the connection; what was said before still arrives. */
  hangUp(handle: number): void;
}
