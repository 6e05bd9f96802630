import type { Random } from "../core/random.ts";
import type { Neighbour } from "./choker.ts";

/** The pieces a picker may start: the remote peer has them, we lack them, and none of them is started. */
export interface Candidates {
  /** First candidate at or after piece `from`, or -1. Loop: `for (let p = c.next(0); p >= 0; p = c.next(p + 1))`. */
  next(from: number): number;
}

/** What a picker knows when it chooses. */
export interface PieceChoice {
  readonly candidates: Candidates;
  readonly pieceCount: number;
  /** Pieces that we have already. */
  readonly completed: number;
  /** Copies of a piece among our connections. */
  availability(piece: number): number;
  readonly random: Random;
}

/**
 * A piece-selection strategy: one object for each client. The engine finishes started pieces first (strict priority),
 * plays the first pieces at random and runs endgame; the picker is asked for the piece to start next.
 */
export interface Picker {
  /** Returns one of the candidates, of which there is at least one. */
  pick(choice: PieceChoice): number;
  /** True when it decides about the first pieces too, so that the engine does not play them at random. */
  readonly ownFirstPieces?: boolean;
  /**
   * Which of our pieces to show to a peer next, -1 for none now. A client whose picker has this method sends no bitfield, and
   * no `have` but for what is shown. It is asked when a peer joins, when we or it have a piece more, when another peer has
   * the one that was shown last, and every rechoke round; and again until it says -1.
   */
  reveal?(choice: RevealChoice): number;
  /** True when `reveal` is for seeders: until it has every piece, the client tells of its pieces as others do. */
  readonly hidesOnlyAsSeeder?: boolean;
  /** A connection closed. */
  left?(peer: Neighbour): void;
}

/** What a picker knows when it may show a piece. */
export interface RevealChoice {
  readonly peer: Neighbour;
  /** Pieces that we have, and it neither has nor was shown. */
  readonly hidden: Candidates;
  readonly pieceCount: number;
  /** Pieces that we have. */
  readonly completed: number;
  /** The piece that it was shown last, or -1; and how many it was shown and lacks. */
  readonly lastShown: number;
  readonly outstanding: number;
  /** Copies of a piece among our connections. */
  availability(piece: number): number;
  /** Whether `peer` has `piece`. */
  peerHas(piece: number): boolean;
  /** Simulated or wall time in ms. */
  readonly time: number;
  readonly random: Random;
}
