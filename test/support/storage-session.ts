import { BLOCK_SIZE, Geometry } from "../../src/core/geometry.ts";
import type { StorageError } from "../../src/live/storage/storage-error.ts";
import {
  TorrentStorage,
  type TorrentStorageOptions,
} from "../../src/live/storage/torrent-storage.ts";
import type { MadeTorrent } from "./stored-torrent.ts";

/** A storage, and what it has told. */
export class StorageSession {
  readonly verified: (readonly [piece: number, isRight: boolean])[] = [];
  readonly failures: StorageError[] = [];
  readonly progress: (readonly [checked: number, total: number])[] = [];
  drained = 0;
  readonly storage: TorrentStorage;
  private readonly made: MadeTorrent;
  private readonly geometry: Geometry;
  private wake: () => void = () => undefined;

  private constructor(made: MadeTorrent, storage: TorrentStorage) {
    this.made = made;
    this.geometry = new Geometry(made.metainfo.size, made.metainfo.pieceLength);
    this.storage = storage;
  }

  static async open(
    made: MadeTorrent,
    directory: string,
    options: Partial<TorrentStorageOptions> = {},
  ): Promise<StorageSession> {
    let session: StorageSession | undefined;
    const progress: (readonly [number, number])[] = [];
    const storage = await TorrentStorage.open(made.metainfo, {
      directory,
      onVerified: (piece, isRight) => {
        session?.verified.push([piece, isRight]);
        session?.wake();
      },
      onDrained: () => {
        if (session !== undefined) session.drained++;
        session?.wake();
      },
      onFailure: (error) => {
        session?.failures.push(error);
        session?.wake();
      },
      onChecking: (checked, total) => progress.push([checked, total]),
      ...options,
    });
    session = new StorageSession(made, storage);
    session.progress.push(...progress);
    return session;
  }

  /** Writes one block of the torrent's own bytes, or of others. */
  writeBlock(piece: number, block: number, spoil = false): void {
    const { pieceLength } = this.made.metainfo;
    const begin = block * BLOCK_SIZE;
    const at = piece * pieceLength + begin;
    const lent = this.made.bytes.slice(at, at + this.geometry.lengthOfBlock(piece, block));
    if (spoil) lent[0] = (lent[0] as number) ^ 1;
    this.storage.write(piece, begin, lent);
    lent.fill(0xee); // it was only lent
  }

  /** Writes all blocks of a piece in order, and has it verified. */
  writePiece(piece: number, spoil = false): void {
    for (let block = 0; block < this.geometry.blocksOfPiece(piece); block++) {
      this.writeBlock(piece, block, spoil && block === 0);
    }
    this.storage.verify(piece);
  }

  /** Waits until so many verdicts have come, or a failure. */
  async verdicts(count: number): Promise<void> {
    while (this.verified.length < count && this.failures.length === 0) await this.something();
  }

  /** Waits until there is room. */
  async room(): Promise<void> {
    while (this.storage.isFull && this.failures.length === 0) await this.something();
  }

  private something(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** Writes the pieces that are not there, in order, and waits for them. */
  async complete(pieces?: Iterable<number>): Promise<void> {
    const all = Array.from({ length: this.geometry.pieceCount }, (_, piece) => piece);
    const missing = [...(pieces ?? all)].filter((piece) => !this.storage.have.has(piece));
    const before = this.verified.length;
    for (const piece of missing) {
      this.writePiece(piece);
      await this.room();
    }
    await this.verdicts(before + missing.length);
  }
}
