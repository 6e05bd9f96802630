import type { Arenas } from "./arenas.ts";

/** What follows from a `have`: nothing; the piece is wanted, and that changes something; the peer has every piece now. */
export const NOTHING = 0;
export const BECAME_WANTED = 1;
export const BECAME_COMPLETE = 2;
/** Besides: our picker wants to know. */
export const WATCHED = 4;

/**
 * BEP 3 `have`, for all clients. The most frequent message by far: it gets by with the columns, and an object is looked at
 * only when something follows.
 */
export class Haves {
  private readonly arenas: Arenas;

  constructor(arenas: Arenas) {
    this.arenas = arenas;
  }

  /** The peer behind `handle` told the client in row `client` that it has `piece`. Returns what follows from it. */
  note(client: number, handle: number, piece: number): number {
    const { cells, remotePieces, pieceCounts } = this.arenas;
    cells.hear(handle);
    if (!remotePieces.set(handle, piece)) return NOTHING;
    const held = cells.addPiece(handle);
    const also = cells.isWatched(handle) ? WATCHED : NOTHING;
    if (!pieceCounts.add(client, piece)) return cells.want(handle) ? also : also | BECAME_WANTED;
    return held === remotePieces.length ? also | BECAME_COMPLETE : also;
  }
}
