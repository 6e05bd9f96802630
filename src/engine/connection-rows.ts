/** 32-bit cells and 64-bit cells of a row: 128 bytes, two cache lines. */
export const ROW_INTS = 32;
export const ROW_FLOATS = 16;

// First line, as 32-bit cells: what every message touches.
export const NUMBER = 0;
export const FLAGS = 1;
export const WANTED = 2;
export const PIECES = 3;
/** Of two request lists: head and tail of each, then the count of each. */
export const LIST_ENDS = 4;
export const LIST_COUNTS = 8;
export const REMOTE = 10;
/** The driver's own: one 32-bit cell, and two 64-bit cells. */
export const DRIVER_INT = 11;
export const DRIVER_FLOATS = 6;

// Second line: what every block touches. Two rate meters, as 64-bit cells.
export const METERS_BEGAN = 8;
export const METERS = 9;
export const CURRENT_PARTIAL = 30;
export const LAST_BLOCK_AT = 31;

/**
 * One row of numbers for each connection, under its handle. A swarm has a hundred thousand connections and each message is
 * for another one, so what counts is how many cache lines a message pulls in: all that the paths of `have`, `request` and
 * `piece` need lies in these two. `ConnectionCells`, `RateMeters`, `RequestLists` and the driver's links are the verbs.
 */
export class ConnectionRows {
  ints = new Int32Array(0);
  floats = new Float64Array(0);

  /** Makes room for handles 0 .. `handles` - 1. */
  ensure(handles: number): void {
    if (handles * ROW_INTS <= this.ints.length) return;
    const rows = Math.max(handles, Math.floor((this.ints.length / ROW_INTS) * 1.5), 64);
    const buffer = new ArrayBuffer(rows * ROW_INTS * 4);
    const ints = new Int32Array(buffer);
    ints.set(this.ints);
    this.ints = ints;
    this.floats = new Float64Array(buffer);
  }
}
