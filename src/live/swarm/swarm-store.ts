import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { sameBytes } from "../../core/bytes.ts";
import type { BlockStore } from "../block-store.ts";
import { sha1 } from "../sha1.ts";
import { TorrentStorage } from "../storage/torrent-storage.ts";
import { type Content, contentName, contentOf, sha1OfFile, writeContent } from "./content.ts";

/** Where a peer of a swarm keeps its pieces. */
export interface SwarmStore extends BlockStore {
  /** Waits until everything is stored. */
  close(): Promise<void>;
  /** Whether all of it is there as it should be, read once more. After `close`. */
  isWhole(): Promise<boolean>;
  /** Gives back what it takes. After `close`. */
  remove(): Promise<void>;
}

/** What a store tells its session. */
export interface StoreEvents {
  onVerified(piece: number, isRight: boolean): void;
  onDrained(): void;
  onFailure(error: unknown): void;
}

/** Bytes that a peer reads ahead and has waiting for the disk: there are many of them here. */
const MEMORY = 4_194_304;

/** As any client has it: files, a disk thread, a journal. */
export class FileStore implements SwarmStore {
  private readonly content: Content;
  private readonly directory: string;
  private readonly storage: TorrentStorage;

  private constructor(content: Content, directory: string, storage: TorrentStorage) {
    this.content = content;
    this.directory = directory;
    this.storage = storage;
  }

  /** Writes `pieces` of the content first. */
  static async open(
    content: Content,
    pieces: readonly number[],
    directory: string,
    events: StoreEvents,
  ): Promise<FileStore> {
    await mkdir(directory, { recursive: true });
    if (pieces.length > 0) {
      const own = new Set(pieces);
      await writeContent(join(directory, contentName), content, (piece) => own.has(piece));
    }
    const storage = await TorrentStorage.open(content.metainfo, {
      directory,
      seeding: pieces.length === content.geometry.pieceCount,
      onVerified: (piece, isRight) => events.onVerified(piece, isRight),
      onDrained: () => events.onDrained(),
      onFailure: (error) => events.onFailure(error),
      blockMemory: MEMORY,
      cacheMemory: MEMORY,
    });
    return new FileStore(content, directory, storage);
  }

  get isFull(): boolean {
    return this.storage.isFull;
  }

  write(piece: number, begin: number, bytes: Uint8Array): void {
    this.storage.write(piece, begin, bytes);
  }

  verify(piece: number): void {
    this.storage.verify(piece);
  }

  cached(piece: number, begin: number, length: number): Uint8Array | undefined {
    return this.storage.cached(piece, begin, length);
  }

  load(piece: number, begin: number, length: number): Promise<Uint8Array> {
    return this.storage.load(piece, begin, length);
  }

  release(bytes: Uint8Array): void {
    this.storage.release(bytes);
  }

  close(): Promise<void> {
    return this.storage.close();
  }

  async isWhole(): Promise<boolean> {
    return (await sha1OfFile(join(this.directory, contentName))) === this.content.sha1;
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}

/** A torrent in memory. Pieces are hashed on the main thread. */
export class MemoryStore implements SwarmStore {
  readonly isFull = false;
  private readonly content: Content;
  private readonly events: StoreEvents;
  private bytes: Uint8Array;

  constructor(content: Content, pieces: readonly number[], events: StoreEvents) {
    this.content = content;
    this.events = events;
    const { geometry, seed } = content;
    this.bytes = new Uint8Array(geometry.size);
    if (pieces.length === 0) return;
    const own = new Set(pieces);
    let piece = 0;
    for (const bytes of contentOf(seed, geometry)) {
      if (own.has(piece)) this.bytes.set(bytes, piece * geometry.pieceLength);
      piece++;
    }
  }

  write(piece: number, begin: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, piece * this.content.geometry.pieceLength + begin);
  }

  verify(piece: number): void {
    const { geometry, metainfo } = this.content;
    const hash = metainfo.pieceHashes.subarray(20 * piece, 20 * piece + 20);
    const isRight = sameBytes(sha1(this.block(piece, 0, geometry.lengthOfPiece(piece))), hash);
    setImmediate(() => this.events.onVerified(piece, isRight));
  }

  cached(piece: number, begin: number, length: number): Uint8Array {
    return this.block(piece, begin, length);
  }

  async load(piece: number, begin: number, length: number): Promise<Uint8Array> {
    return this.block(piece, begin, length);
  }

  release(): void {}

  async close(): Promise<void> {}

  async isWhole(): Promise<boolean> {
    return createHash("sha1").update(this.bytes).digest("hex") === this.content.sha1;
  }

  async remove(): Promise<void> {
    this.bytes = new Uint8Array(0);
  }

  private block(piece: number, begin: number, length: number): Uint8Array {
    const at = piece * this.content.geometry.pieceLength + begin;
    return this.bytes.subarray(at, at + length);
  }
}
