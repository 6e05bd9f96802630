import type { FileLayout } from "../../torrent/file-layout.ts";
import type { FileReader } from "./file-reader.ts";
import { SegmentPool } from "./segment-pool.ts";
import type { StorageError } from "./storage-error.ts";

type Waiting = (error: StorageError | undefined, segment: Uint8Array) => void;

/** Free segments that are kept beside the cache: as many as are in the sockets of a few peers. */
const spareSegments = 16;

/**
 * Verified pieces as they were read from the disk, a segment at a time. What is handed out does not change before it is given
 * back with `release`.
 */
export class ReadCache {
  private readonly reader: FileReader;
  private readonly layout: FileLayout;
  private readonly segmentLength: number;
  private readonly segmentsPerPiece: number;
  /** Bytes that it may hold. */
  private readonly limit: number;
  private bytes = 0;
  private readonly pool: SegmentPool;
  /** By number of the segment, the least recently used first. */
  private readonly segments = new Map<number, Uint8Array>();
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
    this.pool = new SegmentPool(segmentLength, spareSegments);
  }

  /** The bytes, when they are there, and all in one segment. */
  cached(piece: number, begin: number, length: number): Uint8Array | undefined {
    const index = Math.floor(begin / this.segmentLength);
    const number = piece * this.segmentsPerPiece + index;
    const segment = this.segments.get(number);
    if (segment === undefined) return undefined;
    const at = begin - index * this.segmentLength;
    if (at + length > segment.length) return undefined;
    this.segments.delete(number);
    this.segments.set(number, segment);
    this.pool.hold(segment);
    return segment.subarray(at, at + length);
  }

  /** What was handed out is not needed any more. Once for each time that it was. */
  release(bytes: Uint8Array): void {
    this.pool.release(bytes);
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
        if (error) return reject(error);
        this.pool.hold(segment);
        resolve(segment.subarray(at, at + length));
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
    const segment = this.pool.take(length);
    this.read(piece, begin, segment, (error) => {
      this.loading.delete(number);
      for (const one of waiting) one(error, segment);
      if (error === undefined) this.keep(number, segment);
      else this.pool.release(segment);
    });
  }

  private keep(number: number, segment: Uint8Array): void {
    this.segments.set(number, segment);
    this.bytes += segment.length;
    for (const [number, oldest] of this.segments) {
      if (this.bytes <= this.limit) return;
      this.segments.delete(number);
      this.bytes -= oldest.length;
      this.pool.release(oldest);
    }
  }

  /** Fills `bytes` from `begin` in the piece on. */
  private read(
    piece: number,
    begin: number,
    bytes: Uint8Array,
    done: (error: StorageError | undefined) => void,
  ): void {
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
