/**
 * Pieces that failed their hash with blocks of several peers, of whom nobody knows which one lied. Such a piece is asked of one
 * connection at a time, so that the next failure has one culprit: libtorrent's parole mode (`piece_picker`, `peer_connection`).
 */
export class Parole {
  private readonly pieces = new Set<number>();
  /** Handle of the connection that supplies each row under way. */
  private readonly owners = new Map<number, number>();

  /** `piece` failed, and several supplied it. */
  add(piece: number): void {
    this.pieces.add(piece);
  }

  /** `piece` is verified. */
  clear(piece: number): void {
    this.pieces.delete(piece);
  }

  /** `piece` is under way in `row`, for the connection behind `handle`. */
  started(piece: number, row: number, handle: number): void {
    if (this.pieces.has(piece)) this.owners.set(row, handle);
  }

  /** `row` is no longer in use. */
  dropped(row: number): void {
    this.owners.delete(row);
  }

  /** Whether `row` is another connection's alone. */
  isOthers(row: number, handle: number): boolean {
    if (this.owners.size === 0) return false;
    const owner = this.owners.get(row);
    return owner !== undefined && owner !== handle;
  }

  /** Rows that only the connection behind `handle` was to supply. */
  rowsOf(handle: number): number[] {
    if (this.owners.size === 0) return [];
    return [...this.owners].filter(([, owner]) => owner === handle).map(([row]) => row);
  }
}
