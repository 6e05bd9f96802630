import type { ChokeRound, SlotKind } from "./choker.ts";

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

/** What one rechoke round decided about one connection, as things were before it was done. Rates in bytes per second. */
export interface RechokeDecision {
  readonly remote: number;
  /** It wants pieces that we have. */
  readonly isInterested: boolean;
  /** What it sends to us, and what we send to it, over the client's rate window. */
  readonly downloadRate: number;
  readonly uploadRate: number;
  /** Its place among those that the choker named, from 1; null when it is not one of them. */
  readonly rank: number | null;
  readonly decision: "unchoke" | "keep" | "choke" | "stay-choked";
  readonly slot: SlotKind | null;
  /** The pace that the choker gave it; null for an equal share of the uplink. */
  readonly allotment: number | null;
  /** In a few plain words: the choker's own where it has some. */
  readonly reason: string;
}

/** One time that the choker was asked. */
export interface RechokeReport {
  /** Of `ChokeRound`. */
  readonly round: number;
  readonly trigger: ChokeRound["trigger"];
  readonly slots: number;
  readonly isSeeding: boolean;
  /** One for each connection with its handshake done, oldest first. */
  readonly decisions: readonly RechokeDecision[];
}

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
  /** The choker was asked, and the chokes and unchokes that follow from it come next. Who lacks this method costs nothing. */
  rechoked?(client: number, report: RechokeReport): void;
  /** From the driver of a simulation: a peer came, or went. */
  arrived?(client: number, className: string): void;
  left?(client: number, isCrash: boolean): void;
}
