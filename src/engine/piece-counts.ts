import { assert } from "../core/assert.ts";

/** The high bit of a cell: the client has the piece itself. The rest counts the copies among its connections. */
const OWN = 0x8000;
const COUNT = 0x7fff;

/**
 * For each client (row) and piece: copies among its connections, and whether it has the piece itself. Both in one 16-bit
 * cell, because every `have` needs both and there are millions of them.
 */
export class PieceCounts {
  private readonly pieceCount: number;
  private cells = new Uint16Array(0);

  constructor(pieceCount: number) {
    this.pieceCount = pieceCount;
  }

  /** Makes `row` one of zeros. */
  open(row: number): void {
    this.reserve(row + 1);
    this.cells.fill(0, row * this.pieceCount, (row + 1) * this.pieceCount);
  }

  /** Makes room for rows 0 .. `rows` - 1. */
  reserve(rows: number): void {
    const needed = rows * this.pieceCount;
    if (needed <= this.cells.length) return;
    const cells = new Uint16Array(Math.max(needed, Math.floor(this.cells.length * 1.5)));
    cells.set(this.cells);
    this.cells = cells;
  }

  /** One copy more; returns whether the client has the piece itself. */
  add(row: number, piece: number): boolean {
    const at = row * this.pieceCount + piece;
    const cell = this.cells[at] as number;
    assert((cell & COUNT) < COUNT, "more copies of a piece than connections allow");
    this.cells[at] = cell + 1;
    return cell >= OWN;
  }

  remove(row: number, piece: number): void {
    const at = row * this.pieceCount + piece;
    this.cells[at] = (this.cells[at] as number) - 1;
  }

  /** Copies among the connections. */
  copies(row: number, piece: number): number {
    return (this.cells[row * this.pieceCount + piece] as number) & COUNT;
  }

  own(row: number, piece: number): void {
    const at = row * this.pieceCount + piece;
    this.cells[at] = (this.cells[at] as number) | OWN;
  }

  isOwn(row: number, piece: number): boolean {
    return (this.cells[row * this.pieceCount + piece] as number) >= OWN;
  }
}
