import { assert } from "../../core/assert.ts";
import type { FileLayout } from "../../torrent/file-layout.ts";
import type { FileReader, ReadDone } from "./file-reader.ts";
import type { StorageError } from "./storage-error.ts";

type Waiting = (error: StorageError | undefined, segment: Segment) => void;

/** A part of a piece, and how many have parts of it. */
interface Segment {
  readonly bytes: Uint8Array;
  lent: number;
  isKept: boolean;
}

/** Segments without a use that are kept for the next ones. */
const maxSpare = 8;

/**
 * Verified pieces as they were read from the disk, a segment at a time. What is handed out does not change until it is released, or,
 * if it never is, for as long as somebody has it.
 */
export class ReadCache {
  private readonly reader: FileReader;
  private readonly layout: FileLayout;
  private readonly segmentLength: number;
  private readonly segmentsPerPiece: number;
  /** Bytes that it may hold. */
  private readonly limit: number;
  private bytes = 0;
  /** By number of the segment, the least recently used first. */
  private readonly segments = new Map<number, Segment>();
  /** By the memory that it is in: also those that are no longer kept, as long as somebody has them. */
  private readonly lent = new WeakMap<ArrayBufferLike, Segment>();
  private readonly spare: Uint8Array[] = [];
  private readonly loading = new Map<number, Waiting[]>();

  constructor(
    reader: FileReader,
    layout: FileLayout,
    pieceLength: number,
    segmentLength: number,
    limit: number,
  ) {
    this.reader = reader;
    this.layout = layout;
    this.segmentLength = segmentLength;
    this.segmentsPerPiece = Math.ceil(pieceLength / segmentLength);
    this.limit = limit;
  }

  /** The bytes, when they are there, and all in one segment. */
  cached(piece: number, begin: number, length: number): Uint8Array | undefined {
    const index = Math.floor(begin / this.segmentLength);
    const number = piece * this.segmentsPerPiece + index;
    const segment = this.segments.get(number);
    if (segment === undefined) return undefined;
    const at = begin - index * this.segmentLength;
    if (at + length > segment.bytes.length) return undefined;
    this.segments.delete(number);
    this.segments.set(number, segment);
    return lend(segment, at, length);
  }

  /** `bytes` were handed out here, and nobody has a use for them any more. */
  release(bytes: Uint8Array): void {
    const segment = this.lent.get(bytes.buffer);
    if (segment === undefined) return; // read for that once
    assert(segment.lent > 0, "bytes are released once");
    segment.lent--;
    this.spareIfUnused(segment);
  }

  load(piece: number, begin: number, length: number): Promise<Uint8Array> {
    const { segmentLength } = this;
    const cached = this.cached(piece, begin, length);
    if (cached !== undefined) return Promise.resolve(cached);
    const index = Math.floor(begin / segmentLength);
    const at = begin - index * segmentLength;
    return new Promise((resolve, reject) => {
      if (at + length > segmentLength) {
        // Over a border, as hardly anybody asks: for this once.
        const bytes = Buffer.allocUnsafeSlow(length);
        this.read(piece, begin, bytes, (error) => (error ? reject(error) : resolve(bytes)));
        return;
      }
      this.loadSegment(piece, index, (error, segment) => {
        if (error) reject(error);
        else resolve(lend(segment, at, length));
      });
    });
  }

  private loadSegment(piece: number, index: number, done: Waiting): void {
    const number = piece * this.segmentsPerPiece + index;
    const others = this.loading.get(number);
    if (others !== undefined) {
      others.push(done);
      return;
    }
    const waiting = [done];
    this.loading.set(number, waiting);
    const begin = index * this.segmentLength;
    const length = Math.min(this.segmentLength, this.layout.lengthOfPiece(piece) - begin);
    const segment = { bytes: this.memoryFor(length), lent: 0, isKept: false };
    this.read(piece, begin, segment.bytes, (error) => {
      this.loading.delete(number);
      if (error === undefined) this.keep(number, segment);
      for (const one of waiting) one(error, segment);
    });
  }

  /** Not from Node's own pool, of which a view would keep the whole alive. */
  private memoryFor(length: number): Uint8Array {
    const spare = length === this.segmentLength ? this.spare.pop() : undefined;
    return spare ?? Buffer.allocUnsafeSlow(length);
  }

  private keep(number: number, segment: Segment): void {
    this.segments.set(number, segment);
    this.lent.set(segment.bytes.buffer, segment);
    segment.isKept = true;
    this.bytes += segment.bytes.length;
    for (const [oldest, one] of this.segments) {
      if (this.bytes <= this.limit || one === segment) return;
      this.segments.delete(oldest);
      this.bytes -= one.bytes.length;
      one.isKept = false;
      this.spareIfUnused(one);
    }
  }

  private spareIfUnused(segment: Segment): void {
    if (segment.isKept || segment.lent > 0) return;
    this.lent.delete(segment.bytes.buffer);
    const isWhole = segment.bytes.length === this.segmentLength;
    if (isWhole && this.spare.length < maxSpare) this.spare.push(segment.bytes);
  }

  private read(piece: number, begin: number, bytes: Uint8Array, done: ReadDone): void {
    const ranges = this.layout.rangesOf(piece, begin, bytes.length);
    let left = ranges.length;
    let failed: StorageError | undefined;
    const end = (error: StorageError | undefined) => {
      failed ??= error;
      if (--left === 0) done(failed);
    };
    for (const { file, offset, at, length: part, isPadding } of ranges) {
      const target = bytes.subarray(at, at + part);
      if (isPadding) queueMicrotask(() => end(void target.fill(0)));
      else this.reader.read(file, offset, target, end);
    }
  }
}

function lend(segment: Segment, at: number, length: number): Uint8Array {
  segment.lent++;
  return segment.bytes.subarray(at, at + length);
}
