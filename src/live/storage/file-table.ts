import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { assert } from "../../core/assert.ts";
import type { TorrentFile } from "../../torrent/metainfo.ts";
import { hasOwnTimes } from "./file-system.ts";
import { StorageError, systemError } from "./storage-error.ts";
import { lookWithin } from "./way-out.ts";

/** How many files stay open; systems allow 256 and more to a process, which has sockets too. */
const maxOpen = 48;

const { O_RDWR, O_RDONLY, O_CREAT, O_EXCL } = constants;

/** The files of a torrent as the disk's thread has them: opened when needed, and only a few at a time. */
export class FileTable {
  readonly files: readonly TorrentFile[];
  /** The download directory, a real path. */
  readonly root: string;
  private readonly isReadOnly: boolean;
  private readonly hasOwnTimes: boolean;
  /** When a file was last changed, by all we know, in ns; 0n: it is not there yet. */
  private readonly times: BigInt64Array;
  /** 1: it has its whole length, holes included. */
  private readonly isWhole: Uint8Array;
  /** 1: perhaps not all on the disk: written since it was flushed, or never flushed by us. */
  private readonly isDirty: Uint8Array;
  /** Descriptors of open files, the least recently used first. */
  private readonly open = new Map<number, number>();

  constructor(
    root: string,
    files: readonly TorrentFile[],
    times: BigInt64Array,
    isReadOnly: boolean,
  ) {
    this.root = root;
    this.files = files;
    this.isReadOnly = isReadOnly;
    this.hasOwnTimes = hasOwnTimes(root);
    this.times = times;
    this.isWhole = new Uint8Array(files.length);
    this.isDirty = new Uint8Array(files.length);
  }

  pathOf(file: number): string {
    return join(this.root, ...(this.files[file] as TorrentFile).path);
  }

  /** The file is there, as it was found. */
  found(file: number, time: bigint, isWhole: boolean, isFlushed: boolean): void {
    this.times[file] = time;
    this.isWhole[file] = isWhole ? 1 : 0;
    this.isDirty[file] = isFlushed ? 0 : 1;
  }

  timeOf(file: number): bigint {
    return this.times[file] as bigint;
  }

  /** A descriptor to read from. */
  readable(file: number): number {
    return this.open.has(file) ? this.used(file) : this.opened(file, this.isReadOnly);
  }

  /** Throws when another program changed the file since we last looked. */
  refuseChange(file: number): void {
    const time = this.timeOf(file);
    if (time === 0n || this.look(file, this.readable(file)) === time || !this.hasOwnTimes) return;
    throw new StorageError(
      this.pathOf(file),
      "was changed by another program while it was downloaded",
      "Keep others away from it, and start again: it will be checked.",
    );
  }

  /** A descriptor to write to; the file is made when it is not there, and has its whole length. */
  writable(file: number): number {
    if (this.timeOf(file) === 0n && !this.open.has(file)) this.create(file);
    const descriptor = this.readable(file);
    if (this.isWhole[file] === 0) this.lengthen(file, descriptor);
    this.isDirty[file] = 1;
    return descriptor;
  }

  private lengthen(file: number, descriptor: number): void {
    try {
      ftruncateSync(descriptor, (this.files[file] as TorrentFile).length);
      this.isWhole[file] = 1;
    } catch (cause) {
      throw systemError(this.pathOf(file), "written", cause);
    }
  }

  /** Takes down when we changed it, and returns that. Throws when it is not there any more. */
  written(file: number): bigint {
    const descriptor = this.open.get(file);
    // Closed for want of room since: what it says by its path is as good.
    const time = this.look(file, descriptor ?? this.readable(file));
    this.times[file] = time;
    return time;
  }

  /** Everything written is on the disk, not only in the system's memory. */
  flush(): void {
    for (let file = 0; file < this.files.length; file++) {
      if (this.isDirty[file] === 0) continue;
      try {
        fsyncSync(this.readable(file));
      } catch (cause) {
        throw systemError(this.pathOf(file), "written", cause);
      }
      this.isDirty[file] = 0;
    }
  }

  close(): void {
    for (const descriptor of this.open.values()) closeSync(descriptor);
    this.open.clear();
  }

  /** Makes a file that has no bytes, unless it is there. */
  createEmpty(file: number): void {
    const path = this.pathOf(file);
    if (statSync(path, { throwIfNoEntry: false }) === undefined) this.create(file);
  }

  /** Makes the file, empty, and the folders that it is in. */
  private create(file: number): void {
    const path = this.pathOf(file);
    try {
      statSync(this.root); // it may have been moved away, and is not to be made again
      lookWithin(this.root, path);
      mkdirSync(dirname(path), { recursive: true });
      // Not one that came there since we looked, nor one of ours under a name that this file system takes for the same.
      this.keep(file, openSync(path, O_RDWR | O_CREAT | O_EXCL));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") {
        throw systemError(path, "written", cause);
      }
      const problem = "was not there when the download began, and now is";
      throw new StorageError(path, problem, "Move it away, and start again.", { cause });
    }
  }

  private opened(file: number, isReadOnly: boolean): number {
    const path = this.pathOf(file);
    try {
      if (!this.isReadOnly) lookWithin(this.root, path); // throws when it leads out by now
      return this.keep(file, openSync(path, isReadOnly ? O_RDONLY : O_RDWR));
    } catch (cause) {
      throw systemError(path, isReadOnly ? "read" : "written", cause);
    }
  }

  private keep(file: number, descriptor: number): number {
    this.open.set(file, descriptor);
    if (this.open.size > maxOpen) {
      const [oldest] = this.open as Iterable<[number, number]>;
      assert(oldest !== undefined, "a file is open");
      this.open.delete(oldest[0]);
      closeSync(oldest[1]);
    }
    return descriptor;
  }

  private used(file: number): number {
    const descriptor = this.open.get(file) as number;
    this.open.delete(file);
    this.open.set(file, descriptor);
    return descriptor;
  }

  /** Its time, when it is still there in whole. */
  private look(file: number, descriptor: number): bigint {
    const { mtimeNs, nlink, size } = fstatSync(descriptor, { bigint: true });
    const problem =
      nlink === 0n
        ? "was deleted while it was downloaded"
        : size !== BigInt((this.files[file] as TorrentFile).length) && this.isWhole[file] === 1
          ? "was cut or lengthened by another program while it was downloaded"
          : undefined;
    if (problem === undefined) return mtimeNs;
    const remedy = "Start again: what is missing or changed will be downloaded anew.";
    throw new StorageError(this.pathOf(file), problem, remedy);
  }
}
