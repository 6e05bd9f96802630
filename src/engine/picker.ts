import type { Random } from "../core/random.ts";

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
}
