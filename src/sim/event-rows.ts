/** Rows of a chunk, and 32-bit cells of a row: a 64-bit time, then peer with kind, handle, number, value. */
export const CHUNK_ROWS = 16;
const INTS = 6;
const FLOATS = 3;

const PEER_KIND = 2;
const HANDLE = 3;
const NUMBER = 4;
const VALUE = 5;

const KIND_BITS = 5;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** Where the events of a queue are kept: rows of 24 bytes, handed out in chunks of neighbouring rows. */
export class EventRows {
  private ints = new Int32Array(0);
  private floats = new Float64Array(0);
  private readonly nextOf: number[] = [0];
  private chunks = 1; // chunk 0 means none
  private free = 0;

  /** A chunk; its rows are `chunk * CHUNK_ROWS` and those that follow. */
  take(): number {
    let chunk = this.free;
    if (chunk === 0) {
      chunk = this.chunks++;
      this.nextOf.push(0);
      if (this.chunks * CHUNK_ROWS * INTS > this.ints.length) this.grow();
    } else {
      this.free = this.nextOf[chunk] as number;
    }
    this.nextOf[chunk] = 0;
    return chunk;
  }

  give(chunk: number): void {
    this.nextOf[chunk] = this.free;
    this.free = chunk;
  }

  /** The chunk that follows in a chain, or 0. */
  next(chunk: number): number {
    return this.nextOf[chunk] as number;
  }

  link(chunk: number, next: number): void {
    this.nextOf[chunk] = next;
  }

  write(
    row: number,
    time: number,
    kind: number,
    handle: number,
    number: number,
    peer: number,
    value: number,
  ): void {
    const { ints } = this;
    const at = row * INTS;
    this.floats[row * FLOATS] = time;
    ints[at + PEER_KIND] = (peer << KIND_BITS) | kind;
    ints[at + HANDLE] = handle;
    ints[at + NUMBER] = number;
    ints[at + VALUE] = value;
  }

  /** Row `from` of `other` becomes `row` here. */
  copy(row: number, other: EventRows, from: number): void {
    this.floats[row * FLOATS] = other.floats[from * FLOATS] as number;
    for (let cell = PEER_KIND; cell <= VALUE; cell++) {
      this.ints[row * INTS + cell] = other.ints[from * INTS + cell] as number;
    }
  }

  time(row: number): number {
    return this.floats[row * FLOATS] as number;
  }

  kind(row: number): number {
    return (this.ints[row * INTS + PEER_KIND] as number) & KIND_MASK;
  }

  peer(row: number): number {
    return (this.ints[row * INTS + PEER_KIND] as number) >>> KIND_BITS;
  }

  handle(row: number): number {
    return this.ints[row * INTS + HANDLE] as number;
  }

  number(row: number): number {
    return this.ints[row * INTS + NUMBER] as number;
  }

  value(row: number): number {
    return this.ints[row * INTS + VALUE] as number;
  }

  private grow(): void {
    const chunks = Math.max(64, this.chunks + (this.chunks >> 1));
    const buffer = new ArrayBuffer(chunks * CHUNK_ROWS * INTS * 4);
    const ints = new Int32Array(buffer);
    ints.set(this.ints);
    this.ints = ints;
    this.floats = new Float64Array(buffer);
  }
}
