import { type BigIntStats, statSync } from "node:fs";
import { Bitfield } from "../../core/bitfield.ts";
import type { FileLayout } from "../../torrent/file-layout.ts";
import type { FileTable } from "./file-table.ts";
import type { ResumeRecord } from "./resume-record.ts";
import { StorageError, systemError } from "./storage-error.ts";
import { isSameBoot, thisBoot } from "./this-boot.ts";
import { lookWithin } from "./way-out.ts";

/** What stands on the disk, beside what the record says. */
export interface Survey {
  /** Recorded, and their files are as they were left. */
  readonly trusted: Bitfield;
  /** May be there, and are to be hashed. */
  readonly toCheck: Bitfield;
  /** Files that the record knows and the disk has not. */
  readonly missingFiles: readonly string[];
  /** Files that somebody else changed since. */
  readonly changedFiles: readonly string[];
  /** The machine went down in the middle of a download: what it had written may not be on the disk. */
  readonly hasCrashed: boolean;
  /** A file that has data; undefined when there is none. */
  readonly dataIn: string | undefined;
}

/** What is looked at. */
export interface Surveyed {
  /** The download directory, a real path. */
  readonly root: string;
  readonly table: FileTable;
  readonly layout: FileLayout;
  readonly pieceLength: number;
  readonly isSeeding: boolean;
}

/**
 * Time of a file's change around an intent in which it is taken to be our own last write, in ns. A write follows its intent
 * at once; the clock of a file system may be some ms behind.
 */
const before = 100_000_000n;
const after = 2_000_000_000n;

/** Looks at every file, and takes down in `table` how it was found. Reads none. Throws a StorageError where a file cannot be what it should be. */
export function survey(
  { root, table, layout, pieceLength, isSeeding }: Surveyed,
  record: ResumeRecord | undefined,
): Survey {
  const recorded = record?.verified ?? new Bitfield(layout.pieceCount);
  const trusted = recorded.copy();
  const toCheck = new Bitfield(layout.pieceCount);
  const lost = new Bitfield(layout.pieceCount);
  const hasCrashed =
    record !== undefined && !record.isClean && !isSameBoot(record.boot, thisBoot());
  const missingFiles: string[] = [];
  const changedFiles: string[] = [];
  let dataIn: string | undefined;
  // Whoever seeds says what is read, and a hash decides what is given away of it.
  const folders = isSeeding ? undefined : new Map<string, boolean>();
  for (const piece of record?.unfinished?.pieces ?? []) toCheck.set(piece);
  for (const [file, { length, isPadding }] of table.files.entries()) {
    if (isPadding || length === 0) continue;
    const path = table.pathOf(file);
    const recordedTime = record?.times[file] ?? 0n;
    const { first, end } = layout.piecesOf(file);
    const found = look(root, path, folders);
    if (found === undefined) {
      if (isSeeding)
        throw new StorageError(path, "is not there", "Give the directory that it is in.");
      if (recordedTime !== 0n) missingFiles.push(path);
      for (let piece = first; piece < end; piece++) lost.set(piece);
      continue;
    }
    refuseOther(path, found, length);
    if (found.size > 0) dataIn ??= path;
    table.found(file, found.time, found.size === length, record?.isClean === true);
    const isOurs = found.time === recordedTime || isExplained(found.time, record);
    if (!isOurs && recordedTime !== 0n) changedFiles.push(path);
    for (let piece = first; piece < end; piece++) {
      const fileEnd = (piece + 1) * pieceLength - (table.files[file]?.offset ?? 0);
      if (Math.min(fileEnd, length) > found.size) lost.set(piece);
      // A file that we never wrote is somebody else's download, perhaps: all of it may be there.
      const mayBeThere = recordedTime === 0n || recorded.has(piece);
      if (!isOurs && mayBeThere) toCheck.set(piece);
    }
  }
  for (let piece = 0; piece < layout.pieceCount; piece++) {
    if (hasCrashed && recorded.has(piece)) toCheck.set(piece);
    if (lost.has(piece)) toCheck.clear(piece);
    if (lost.has(piece) || toCheck.has(piece)) trusted.clear(piece);
  }
  return { trusted, toCheck, missingFiles, changedFiles, hasCrashed, dataIn };
}

/** The process was killed between a write and its record: the file's time is that of the write. */
function isExplained(time: bigint, record: ResumeRecord | undefined): boolean {
  if (record?.unfinished === undefined) return false;
  const at = BigInt(Math.round(record.unfinished.at * 1e6));
  return time >= at - before && time <= at + after;
}

interface Found {
  readonly stats: BigIntStats;
  readonly size: number;
  readonly time: bigint;
}

/** `folders` as in `lookWithin`; undefined: wherever it is. */
function look(
  root: string,
  path: string,
  folders: Map<string, boolean> | undefined,
): Found | undefined {
  try {
    const stats =
      folders === undefined
        ? statSync(path, { bigint: true, throwIfNoEntry: false })
        : lookWithin(root, path, folders);
    return stats && { stats, size: Number(stats.size), time: stats.mtimeNs };
  } catch (cause) {
    throw systemError(path, "read", cause);
  }
}

function refuseOther(path: string, { stats, size }: Found, length: number): void {
  const away = "Move it away, or choose another directory.";
  if (stats.isDirectory()) {
    throw new StorageError(path, "is a directory, and a file in the torrent", away);
  }
  if (!stats.isFile()) throw new StorageError(path, "is not a regular file", away);
  if (size > length) {
    throw new StorageError(path, `has ${size} bytes, and ${length} in the torrent`, away);
  }
}
