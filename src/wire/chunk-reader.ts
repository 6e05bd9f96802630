const EMPTY: Uint8Array = new Uint8Array(0);

/** Cuts a stream that comes in chunks into units of the wanted lengths, without a copy where one chunk holds all of a unit. */
export class ChunkReader {
  /** Where the last unit is: in `bytes` from `from` on. */
  bytes = EMPTY;
  from = 0;
  private chunk = EMPTY;
  private at = 0;
  /** A unit of which `filled` bytes are in. */
  private part = EMPTY;
  private filled = 0;

  /** The chunk before must be used up. */
  feed(chunk: Uint8Array): void {
    this.chunk = chunk;
    this.at = 0;
  }

  /** Whether the next `length` bytes are in. When they are not, the chunk is used up: ask for the same after the next. */
  take(length: number): boolean {
    const left = this.chunk.length - this.at;
    if (this.filled === 0) {
      if (left >= length) {
        this.bytes = this.chunk;
        this.from = this.at;
        this.at += length;
        return true;
      }
      if (left === 0) return false;
      // Always a new one: the unit before may be a block that its receiver keeps.
      this.part = new Uint8Array(length);
    }
    const taken = Math.min(left, length - this.filled);
    this.part.set(this.chunk.subarray(this.at, this.at + taken), this.filled);
    this.at += taken;
    this.filled += taken;
    if (this.filled < length) return false;
    this.bytes = this.part;
    this.from = 0;
    this.part = EMPTY;
    this.filled = 0;
    return true;
  }

  /** Passes over up to `length` bytes of the chunk; returns how many. */
  skip(length: number): number {
    const skipped = Math.min(length, this.chunk.length - this.at);
    this.at += skipped;
    return skipped;
  }

  /** `length` bytes of the last unit, from its byte `begin` on. */
  view(begin: number, length: number): Uint8Array {
    return this.bytes.subarray(this.from + begin, this.from + begin + length);
  }

  /** What is in of an unfinished unit. */
  get started(): Uint8Array {
    return this.part.subarray(0, this.filled);
  }

  /** Memory held for an unfinished unit. */
  get bufferedBytes(): number {
    return this.part.length;
  }

  /** Lets go of the chunk: an idle connection holds no memory but an unfinished unit's. */
  release(): void {
    this.chunk = EMPTY;
    this.bytes = EMPTY;
    this.at = 0;
  }

  clear(): void {
    this.release();
    this.part = EMPTY;
    this.filled = 0;
  }
}
