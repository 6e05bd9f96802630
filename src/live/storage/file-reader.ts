import { close, fstat, open, read } from "node:fs";
import { join } from "node:path";
import type { TorrentFile } from "../../torrent/metainfo.ts";
import { hasOwnTimes } from "./file-system.ts";
import { StorageError, systemError } from "./storage-error.ts";

/** Files that stay open for reading. */
const maxOpen = 32;

/** Real ms between two looks at whether a file is still the one that it was. */
const lookInterval = 1000;

/** What a read came to. */
export type ReadDone = (error: StorageError | undefined) => void;

interface OpenFile {
  /** Undefined until the system has opened it. */
  descriptor: number | undefined;
  readonly waiting: (() => void)[];
  /** Reads under way, which keep it open. */
  reads: number;
  error: StorageError | undefined;
  /** When it was last seen to be as it was; on the clock of `performance`. */
  seenAt: number;
}

/** Reads from the files of a torrent without waiting for them, and keeps some open. */
export class FileReader {
  private readonly root: string;
  private readonly files: readonly TorrentFile[];
  /** When each file was last changed, in ns, as far as we know. */
  private readonly times: BigInt64Array;
  private isWatching = false;
  /** The least recently used first. */
  private readonly open = new Map<number, OpenFile>();

  constructor(root: string, files: readonly TorrentFile[], times: BigInt64Array) {
    this.root = root;
    this.files = files;
    this.times = times;
  }

  /** From now on nobody should change the files: reading tells when somebody does. */
  watch(): void {
    this.isWatching = hasOwnTimes(this.root);
  }

  /** Fills `target` from `offset` in the file on, then calls `done`, never before it returns. */
  read(file: number, offset: number, target: Uint8Array, done: ReadDone): void {
    const opened = this.opened(file);
    opened.reads++;
    const end = (error: StorageError | undefined) => {
      opened.reads--;
      this.closeSome();
      done(error);
    };
    const start = () => {
      const { descriptor } = opened;
      if (descriptor === undefined) return end(opened.error);
      if (!this.isWatching || performance.now() - opened.seenAt < lookInterval) {
        this.fill(descriptor, file, offset, target, end);
        return;
      }
      this.look(descriptor, file, (error) => {
        if (error !== undefined) return end(error);
        opened.seenAt = performance.now();
        this.fill(descriptor, file, offset, target, end);
      });
    };
    if (opened.descriptor === undefined) opened.waiting.push(start);
    else start();
  }

  private look(descriptor: number, file: number, done: ReadDone): void {
    fstat(descriptor, { bigint: true }, (cause, stats) => {
      if (cause) return done(systemError(this.pathOf(file), "read", cause));
      if (stats.mtimeNs === this.times[file]) return done(undefined);
      const problem = "was changed by another program while it was shared";
      done(new StorageError(this.pathOf(file), problem, "Start again: it will be checked."));
    });
  }

  private fill(
    descriptor: number,
    file: number,
    offset: number,
    target: Uint8Array,
    done: ReadDone,
  ): void {
    read(descriptor, target, 0, target.length, offset, (cause, count) => {
      if (cause) return done(systemError(this.pathOf(file), "read", cause));
      if (count === target.length) return done(undefined);
      if (count === 0) {
        const problem = "is shorter than it was: another program cut it";
        return done(new StorageError(this.pathOf(file), problem, "Start again."));
      }
      this.fill(descriptor, file, offset + count, target.subarray(count), done);
    });
  }

  private opened(file: number): OpenFile {
    const known = this.open.get(file);
    if (known !== undefined) {
      this.open.delete(file);
      this.open.set(file, known);
      return known;
    }
    const one: OpenFile = {
      descriptor: undefined,
      waiting: [],
      reads: 0,
      error: undefined,
      seenAt: Number.NEGATIVE_INFINITY,
    };
    this.open.set(file, one);
    open(this.pathOf(file), "r", (cause, descriptor) => {
      if (cause) {
        one.error = systemError(this.pathOf(file), "read", cause);
        this.open.delete(file);
      } else one.descriptor = descriptor;
      for (const start of one.waiting.splice(0)) start();
    });
    return one;
  }

  private pathOf(file: number): string {
    return join(this.root, ...(this.files[file] as TorrentFile).path);
  }

  /** Closes those least used, down to `most`. */
  private closeSome(most = maxOpen): void {
    for (const [file, { descriptor, reads }] of this.open) {
      if (this.open.size <= most) return;
      if (reads > 0 || descriptor === undefined) continue;
      this.open.delete(file);
      close(descriptor, () => undefined);
    }
  }

  /** Nothing may be read after. Reads under way come to their end. */
  close(): void {
    this.closeSome(0);
  }
}
