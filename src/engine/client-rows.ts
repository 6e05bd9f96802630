import { growInt32 } from "../core/grow.ts";

/** 64 bytes a client: one cache line. */
const STRIDE_INTS = 16;
const STRIDE_FLOATS = 8;

const HEAD = 0;
const TAIL = 1;
const TURN = 2;
const DOWNLOADED = 2;
const UPLOADED = 3;
const READY_AT = 4;

/** Numbers of each client that every block touches, in one array: thousands of clients fit into the cache. */
export class ClientRows {
  private ints = new Int32Array(0);
  private floats = new Float64Array(0);
  private used = 0;
  private readonly freed: number[] = [];

  /** A row with an empty upload queue. */
  open(): number {
    const row = this.freed.pop() ?? this.used++;
    this.ints = growInt32(this.ints, this.used * STRIDE_INTS);
    if (this.floats.buffer !== this.ints.buffer) this.floats = new Float64Array(this.ints.buffer);
    this.ints.fill(-1, row * STRIDE_INTS, row * STRIDE_INTS + TURN + 1);
    this.floats.fill(0, row * STRIDE_FLOATS + DOWNLOADED, row * STRIDE_FLOATS + UPLOADED + 1);
    this.setReadyAt(row, Number.POSITIVE_INFINITY);
    return row;
  }

  close(row: number): void {
    this.freed.push(row);
  }

  /** First and last handle of the upload queue, and the one whose turn it is; -1 for none. */
  head(row: number): number {
    return this.ints[row * STRIDE_INTS + HEAD] as number;
  }

  setHead(row: number, handle: number): void {
    this.ints[row * STRIDE_INTS + HEAD] = handle;
  }

  tail(row: number): number {
    return this.ints[row * STRIDE_INTS + TAIL] as number;
  }

  setTail(row: number, handle: number): void {
    this.ints[row * STRIDE_INTS + TAIL] = handle;
  }

  turn(row: number): number {
    return this.ints[row * STRIDE_INTS + TURN] as number;
  }

  setTurn(row: number, handle: number): void {
    this.ints[row * STRIDE_INTS + TURN] = handle;
  }

  /** When `Uploads.send` may find something: now (0), later (all are paced), or Infinity (nothing is asked). */
  readyAt(row: number): number {
    return this.floats[row * STRIDE_FLOATS + READY_AT] as number;
  }

  setReadyAt(row: number, time: number): void {
    this.floats[row * STRIDE_FLOATS + READY_AT] = time;
  }

  /** Bytes of blocks, wasted ones included. */
  downloaded(row: number): number {
    return this.floats[row * STRIDE_FLOATS + DOWNLOADED] as number;
  }

  addDownloaded(row: number, bytes: number): void {
    const at = row * STRIDE_FLOATS + DOWNLOADED;
    this.floats[at] = (this.floats[at] as number) + bytes;
  }

  uploaded(row: number): number {
    return this.floats[row * STRIDE_FLOATS + UPLOADED] as number;
  }

  addUploaded(row: number, bytes: number): void {
    const at = row * STRIDE_FLOATS + UPLOADED;
    this.floats[at] = (this.floats[at] as number) + bytes;
  }
}
