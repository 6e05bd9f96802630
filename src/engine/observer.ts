import type { SlotKind } from "./choker.ts";

/** Why a connection closed. */
export type CloseReason =
  | "remote" // the other side closed
  | "leaving"
  | "handshake-timeout"
  | "idle-timeout"
  | "self"
  | "duplicate"
  | "wrong-infohash"
  | "protocol-error"
  | "banned"
  | "both-seeding";

/**
 * Hears of everything that a client does: the source of traces, digests and metrics. `client` is the client's number,
 * `remote` that of the peer at the other end (-1 while unknown). Times are the clock's.
 */
export interface Observer {
  connected(client: number, remote: number): void;
  /** A connection closed before it was one: no handshake, or one that we would not have. */
  refused(client: number, remote: number, reason: CloseReason): void;
  disconnected(client: number, remote: number, reason: CloseReason): void;
  interested(client: number, remote: number, isInterested: boolean): void;
  unchoked(client: number, remote: number, kind: SlotKind): void;
  choked(client: number, remote: number): void;
  snubbed(client: number, remote: number): void;
  /** A block was handed to the link. */
  blockSent(client: number, remote: number, piece: number, begin: number, length: number): void;
  /** A block came; `isWasted` when we had it already. */
  blockReceived(
    client: number,
    remote: number,
    piece: number,
    begin: number,
    length: number,
    isWasted: boolean,
  ): void;
  pieceStarted(client: number, piece: number): void;
  /** The hash was right: the piece is ours. */
  pieceCompleted(client: number, piece: number): void;
  /** The hash was wrong: its blocks are thrown away. */
  pieceFailed(client: number, piece: number): void;
  banned(client: number, remote: number): void;
  endgame(client: number): void;
  completed(client: number): void;
  announced(client: number, event: string, wanted: number): void;
  /** From the driver of a simulation: a peer came, or went. */
  arrived?(client: number, className: string): void;
  left?(client: number, isCrash: boolean): void;
}
