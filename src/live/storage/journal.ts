import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { removeQuietly } from "./download-lock.ts";
import { encodeRecord, type JournalRecord, type StartRecord } from "./journal-records.ts";
import { journalMark, type ResumeRecord, readJournal } from "./resume-record.ts";
import { StorageError, systemError } from "./storage-error.ts";

/** The record of a download, to which a line is added for all that happens to its files. Written by one thread. */
export class Journal {
  readonly path: string;
  private readonly descriptor: number;
  /** Bytes up to the end of the last record that is in whole. */
  private length: number;

  private constructor(path: string, descriptor: number, length: number) {
    this.path = path;
    this.descriptor = descriptor;
    this.length = length;
  }

  /** What stands in a journal; undefined when there is none, or none that can be read. */
  static read(path: string): ResumeRecord | undefined {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw systemError(path, "read", cause);
    }
    const mark = bytes.subarray(0, journalMark.length);
    if (!journalMark.subarray(0, mark.length).equals(mark)) {
      const problem = "is not a resume record, though it is called like one";
      throw new StorageError(path, problem, "Move it away.");
    }
    return readJournal(bytes);
  }

  /** Begins anew with all that is known, in place of the journal that was there: either stands there in whole, whatever happens. */
  static begin(path: string, start: StartRecord): Journal {
    const temporary = `${path}.new`;
    let descriptor: number | undefined;
    try {
      rmSync(temporary, { force: true });
      descriptor = openSync(temporary, "ax");
      const bytes = Buffer.concat([journalMark, encodeRecord(start)]);
      writeWhole(descriptor, bytes);
      fsyncSync(descriptor);
      renameSync(temporary, path);
      flushDirectory(dirname(path));
      return new Journal(path, descriptor, bytes.length);
    } catch (cause) {
      if (descriptor !== undefined) closeSync(descriptor);
      removeQuietly(temporary);
      throw systemError(path, "written", cause);
    }
  }

  add(record: JournalRecord): void {
    const bytes = encodeRecord(record);
    try {
      writeWhole(this.descriptor, bytes);
      this.length += bytes.length;
    } catch (cause) {
      // Half a record would hide those after it.
      ftruncateSync(this.descriptor, this.length);
      throw systemError(this.path, "written", cause);
    }
  }

  /** Adds a record, and has all that stands here on the disk. */
  addAndFlush(record: JournalRecord): void {
    this.add(record);
    try {
      fsyncSync(this.descriptor);
    } catch (cause) {
      throw systemError(this.path, "written", cause);
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** So that the new name is on the disk too. Not every system can. */
function flushDirectory(path: string): void {
  try {
    const descriptor = openSync(path, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The journal is there in any case, and an old one only makes more to check.
  }
}
