import { assert } from "../../core/assert.ts";
import { Bitfield } from "../../core/bitfield.ts";
import { Geometry } from "../../core/geometry.ts";
import { FileLayout } from "../../torrent/file-layout.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import type { BlockStore } from "../block-store.ts";
import { BlockMemory, segmentLengthOf } from "./block-memory.ts";
import { checkFiles } from "./check-files.ts";
import { Disk } from "./disk.ts";
import type { Begun, DiskJob, Resumed } from "./disk-jobs.ts";
import { FileReader } from "./file-reader.ts";
import { filesBelow } from "./place-of-files.ts";
import { ReadCache } from "./read-cache.ts";
import { StorageError } from "./storage-error.ts";

export interface TorrentStorageOptions {
  /** Where the files are, or go. */
  readonly directory: string;
  /** All files are there; they are only read, and nothing is written anywhere. */
  readonly seeding?: boolean;
  /** A piece was hashed, and if right, is on the disk. Never called from inside a call. */
  readonly onVerified: (piece: number, isRight: boolean) => void;
  /** After `isFull`: there is room again. */
  readonly onDrained: () => void;
  /** Nothing can be stored any more: told once. Close, and stop. */
  readonly onFailure: (error: StorageError) => void;
  /** How far the check is that opening needs, in bytes. */
  readonly onChecking?: (checked: number, total: number) => void;
  /** Ends a check while opening; `open` then rejects with an AbortError. */
  readonly signal?: AbortSignal;
  /** Bytes for blocks that are not on the disk yet. */
  readonly blockMemory?: number;
  /** Bytes of files kept in memory for reading. */
  readonly cacheMemory?: number;
}

const mebibyte = 1 << 20;

/** The files of one torrent. Pieces are hashed and written by a thread of their own, and are there again after a crash. */
export class TorrentStorage implements BlockStore {
  /** Pieces that were right when it was opened. */
  readonly have: Bitfield;
  readonly resumed: Resumed;
  private readonly options: TorrentStorageOptions;
  private readonly pieceHashes: Buffer;
  private readonly disk: Disk;
  private readonly memory: BlockMemory;
  private readonly reader: FileReader;
  private readonly cache: ReadCache;
  /** Pieces still to be had. */
  private lacking: number;
  private wasFull = false;
  private hasFailed = false;

  private constructor(
    metainfo: Metainfo,
    options: TorrentStorageOptions,
    disk: Disk,
    reader: FileReader,
    { have, resumed }: Begun,
  ) {
    const { pieceLength, pieceHashes, size } = metainfo;
    const layout = new FileLayout(metainfo);
    const { blockMemory = 16 * mebibyte, cacheMemory = 16 * mebibyte } = options;
    this.options = options;
    this.pieceHashes = Buffer.from(pieceHashes.buffer, pieceHashes.byteOffset, pieceHashes.length);
    this.disk = disk;
    this.have = Bitfield.fromBytes(have, layout.pieceCount) as Bitfield;
    this.resumed = resumed;
    this.lacking = layout.pieceCount - this.have.count;
    this.memory = new BlockMemory(new Geometry(size, pieceLength), blockMemory, (slot, memory) => {
      disk.addSlot(slot, memory);
    });
    this.reader = reader;
    const segmentLength = segmentLengthOf(pieceLength);
    this.cache = new ReadCache(this.reader, layout, pieceLength, segmentLength, cacheMemory);
  }

  /** Looks at what is there, and checks what has to be. Rejects with a StorageError when it cannot be used. */
  static async open(metainfo: Metainfo, options: TorrentStorageOptions): Promise<TorrentStorage> {
    const { directory, seeding = false } = options;
    const { infohash, name, files, pieceLength, size } = metainfo;
    const torrent = { infohash, name, files, pieceLength, size };
    const segmentLength = segmentLengthOf(pieceLength);
    const times = new BigInt64Array(new SharedArrayBuffer(8 * files.length));
    let storage: TorrentStorage | undefined;
    const disk = new Disk(
      { torrent, directory, times, isSeeding: seeding, segmentLength },
      {
        onDone: (job, isRight) => storage?.done(job, isRight),
        onFailure: (error) => storage?.failed(error),
      },
    );
    try {
      const { root, toCheck } = await disk.surveyed;
      const pieces = Bitfield.fromBytes(toCheck, Math.ceil(size / pieceLength)) as Bitfield;
      const right = await checkFiles(metainfo, filesBelow(root), pieces, options);
      const begun = await disk.begin(right.toBytes());
      storage = new TorrentStorage(
        metainfo,
        options,
        disk,
        new FileReader(root, files, times),
        begun,
      );
      if (seeding || storage.lacking === 0) storage.end();
      return storage;
    } catch (error) {
      await disk.close();
      throw error;
    }
  }

  /** Too much is not on the disk yet: write no more for now than is there already, and wait for `onDrained`. */
  get isFull(): boolean {
    return this.wasFull;
  }

  /** Takes a block of a piece that is not verified; the bytes are copied. */
  write(piece: number, begin: number, bytes: Uint8Array): void {
    if (this.hasFailed) return;
    const { memory, disk } = this;
    memory.write(piece, begin, bytes);
    if (!this.wasFull && memory.isFull) this.wasFull = true;
    for (const blocks of memory.spill()) disk.add({ kind: "spill", ...blocks });
  }

  /** All its blocks were written: `onVerified` will say whether they are right. */
  verify(piece: number): void {
    if (this.hasFailed) return;
    const hash = this.pieceHashes.toString("base64", 20 * piece, 20 * piece + 20);
    this.disk.add({ kind: "verify", hash, ...this.memory.complete(piece) });
  }

  private done(job: DiskJob, isRight: boolean): void {
    this.memory.release(job.slots);
    if (job.kind === "verify") {
      if (isRight && --this.lacking === 0) this.end();
      this.options.onVerified(job.piece, isRight);
    }
    if (!this.wasFull || !this.memory.hasRoom) return;
    this.wasFull = false;
    this.options.onDrained();
  }

  /** Nothing will be written any more: all is flushed, for good, and thread and memory are given back. */
  private end(): void {
    this.memory.end();
    this.reader.watch();
    void this.disk.close();
  }

  /** A piece is not wanted as it is: its blocks, if any, are thrown away, and will be written again. */
  forget(piece: number): void {
    this.memory.forget(piece);
  }

  /** Bytes of a verified piece, if they are in memory. They stay as they are until `release`. */
  cached(piece: number, begin: number, length: number): Uint8Array | undefined {
    return this.cache.cached(piece, begin, length);
  }

  /** The same from the disk. Rejects with a StorageError, of which `onFailure` hears too. */
  async load(piece: number, begin: number, length: number): Promise<Uint8Array> {
    try {
      return await this.cache.load(piece, begin, length);
    } catch (error) {
      assert(error instanceof StorageError, "only files can fail");
      this.failed(error);
      throw error;
    }
  }

  /** Once for each time that `cached` or `load` gave bytes: they may be overwritten now. */
  release(bytes: Uint8Array): void {
    this.cache.release(bytes);
  }

  private failed(error: StorageError): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.options.onFailure(error);
  }

  /** Waits until all that was asked for is done and on the disk. */
  async close(): Promise<void> {
    this.reader.close();
    await this.disk.close();
  }
}
