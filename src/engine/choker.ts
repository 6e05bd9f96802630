import type { Random } from "../core/random.ts";

/**
 * A connected peer as a choker sees it: one object for as long as the connection lasts, whose fields are up to date when
 * read. Rates in bytes per second over the client's rate window, times in ms.
 */
export interface Neighbour {
  /** Number of the connection, unique in this client while it lasts; numbers grow with age only by chance. */
  readonly number: number;
  /** It wants pieces that we have. */
  readonly peerInterested: boolean;
  /** We want pieces that it has. */
  readonly amInterested: boolean;
  readonly amChoking: boolean;
  readonly peerChoking: boolean;
  /** It has sent no block for the snub time. A peer that never sent any counts too, as in the reference client. */
  readonly isSnubbed: boolean;
  /** It has every piece. */
  readonly isSeeding: boolean;
  /** What it sends to us. */
  readonly downloadRate: number;
  /** What we send to it. */
  readonly uploadRate: number;
  /** Bytes of blocks since the connection opened: from it, and to it. */
  readonly downloaded: number;
  readonly uploaded: number;
  /** Requests of it that wait in our upload queue. */
  readonly queuedRequests: number;
  /** Number of pieces that it has. */
  readonly pieces: number;
  /** When the connection opened. */
  readonly connectedAt: number;
  /** What its peer id says of its strategy (`ChokerDefinition.mark`): clients of one kind know each other by it. */
  readonly mark: string;
}

/** What a choker knows when it decides. */
export interface ChokeRound {
  /** Counts the timed rounds of this client from 1; an event between two rounds keeps the number of the last. */
  readonly round: number;
  /** Whether the rechoke timer asks, or a change among the unchoked peers between two rounds. */
  readonly trigger: "timer" | "event";
  /** Simulated or wall time in ms. */
  readonly time: number;
  /** How many interested peers may be unchoked at once. */
  readonly slots: number;
  /** Uplink capacity in bytes per second. */
  readonly uplink: number;
  readonly isSeeding: boolean;
  readonly torrent: TorrentShape;
  /** Every connection with its handshake done, oldest first. */
  readonly neighbours: readonly Neighbour[];
  /** Those of `neighbours` that are interested in us. */
  readonly candidates: readonly Neighbour[];
  readonly random: Random;
  /** Somebody reads why: `Unchoke.reason` and `Choker.whyChoked` are worth their words. They must not change the choice. */
  readonly isExplained?: boolean;
}

/** What is shared. Sizes in bytes. */
export interface TorrentShape {
  readonly size: number;
  readonly pieceLength: number;
  readonly pieceCount: number;
}

/** What a choker knows when the uplink can take a block. */
export interface ServeTurn {
  /** Simulated or wall time in ms. */
  readonly time: number;
  /** Unchoked peers with requests, the one that has waited longest first. Never empty. */
  readonly waiting: readonly Neighbour[];
  readonly random: Random;
}

/** Why a peer has its slot; shown in traces. */
export type SlotKind = "regular" | "optimistic" | "seed";

/** One peer to be unchoked. */
export interface Unchoke {
  readonly peer: Neighbour;
  readonly kind?: SlotKind;
  /** Upload rate in bytes per second to pace this peer at. None means an equal share of the uplink. */
  readonly rate?: number;
  /** Why, in a few words for who reads traces: "rank 2 by what it sends". Needed only when the round `isExplained`. */
  readonly reason?: string;
}

/**
 * A choking strategy: one object for each client. The engine calls `choose` every rechoke interval and when an
 * unchoked peer becomes interested, loses interest or leaves, then sends the chokes and unchokes that make it so.
 * It names only peers of the round, none twice, and at most `slots` interested ones (unless it is `unlimited`).
 */
export interface Choker {
  choose(round: ChokeRound): readonly Unchoke[];
  /** A connection finished its handshake. */
  joined?(peer: Neighbour, random: Random): void;
  /** A connection closed. */
  left?(peer: Neighbour): void;
  /**
   * Whose request the uplink answers next, one of `turn.waiting`. Undefined for nobody's: the uplink rests until a block or
   * a request comes in, or the next round. Without this method the peers are served in turn, or at their rates.
   */
  serve?(turn: ServeTurn): Neighbour | undefined;
  /** A block of so many bytes left for `peer`, or came from it. True asks for another `choose` now, with trigger "event". */
  sent?(peer: Neighbour, bytes: number): boolean;
  received?(peer: Neighbour, bytes: number): boolean;
  /**
   * Why `peer`, which is interested, is not among those that it named in `round`, which was explained and is the last one;
   * undefined when there is no more to say than "no slot left".
   */
  whyChoked?(peer: Neighbour, round: ChokeRound): string | undefined;
  /** True when what the rates leave of the uplink is shared in proportion to them; otherwise it rests. */
  readonly sharesSpare?: boolean;
  /** True for strategies that by their definition know no slots. */
  readonly unlimited?: boolean;
  /** True when whom it unchokes does not depend on who is interested: it is not asked again when that changes. */
  readonly ignoresInterest?: boolean;
}
