// A connection's row has two parts, for which there are a typed array of 32-bit cells and one of 64-bit cells each.

/** What every message touches: 32 bytes. */
export const ROW_INTS = 8;
export const ROW_FLOATS = 4;
export const NUMBER = 0;
export const FLAGS = 1;
export const WANTED = 2;
export const PIECES = 3;
export const REMOTE = 4;
/** The driver's own cells. */
export const DRIVER_INT = 5;
export const DRIVER_FLOAT = 3;

/** What only requests and blocks touch, so of those who are unchoked: 128 bytes. */
export const TRANSFER_INTS = 32;
export const TRANSFER_FLOATS = 16;
/** Of two request lists: head and tail of each, then the count of each. */
export const LIST_ENDS = 0;
export const LIST_COUNTS = 4;
/** Neighbours in the upload queue. */
export const AFTER = 6;
export const BEFORE = 7;
export const CURRENT_PARTIAL = 8;
export const LAST_BLOCK_AT = 9;
export const DRIVER_TRANSFER_FLOAT = 5;
/** Two rate meters. */
export const METERS_BEGAN = 6;
export const METERS = 7;
export const REQUEST_LIMIT = 26;

/**
 * Numbers about each connection, under its handle. A swarm has a hundred thousand connections and each message is for
 * another one, so what counts is how many cache lines a message pulls in. `ConnectionCells`, `RateMeters`, `RequestLists`,
 * `UploadTurns` and the driver's links are the verbs.
 */
export class ConnectionRows {
  ints = new Int32Array(0);
  floats = new Float64Array(0);
  transferInts = new Int32Array(0);
  transferFloats = new Float64Array(0);

  /** Makes room for handles 0 .. `handles` - 1. */
  ensure(handles: number): void {
    const before = this.ints.length / ROW_INTS;
    if (handles <= before) return;
    const rows = Math.max(handles, Math.floor(before * 1.5), 64);
    this.ints = grown(this.ints, rows * ROW_INTS);
    this.floats = new Float64Array(this.ints.buffer);
    this.transferInts = grown(this.transferInts, rows * TRANSFER_INTS);
    this.transferFloats = new Float64Array(this.transferInts.buffer);
  }
}

function grown(cells: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(cells);
  return copy;
}
