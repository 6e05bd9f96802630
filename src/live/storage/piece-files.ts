import { readSync, writeSync, writevSync } from "node:fs";
import type { FileLayout } from "../../torrent/file-layout.ts";
import type { FileTable } from "./file-table.ts";
import { StorageError, systemError } from "./storage-error.ts";

/** Reads and writes bytes of pieces where they lie in files. Waits for the disk: for the disk's thread only. */
export class PieceFiles {
  /** Files written since this was last emptied. */
  readonly touched = new Set<number>();
  private readonly table: FileTable;
  private readonly layout: FileLayout;

  constructor(table: FileTable, layout: FileLayout) {
    this.table = table;
    this.layout = layout;
  }

  /** Fills `target` with the piece's bytes from `begin` on. */
  read(piece: number, begin: number, target: Uint8Array): void {
    for (const { file, offset, at, length, isPadding } of this.layout.rangesOf(
      piece,
      begin,
      target.length,
    )) {
      if (isPadding) target.fill(0, at, at + length);
      else this.readFile(file, offset, target.subarray(at, at + length));
    }
  }

  private readFile(file: number, offset: number, target: Uint8Array): void {
    const descriptor = this.table.readable(file);
    const path = this.table.pathOf(file);
    for (let at = 0; at < target.length; ) {
      let count: number;
      try {
        count = readSync(descriptor, target, at, target.length - at, offset + at);
      } catch (cause) {
        throw systemError(path, "read", cause);
      }
      if (count === 0) {
        throw new StorageError(path, "was cut by another program", "Start again.");
      }
      at += count;
    }
  }

  /** Writes `parts`, which follow each other, to the piece's place from `begin` on. */
  write(piece: number, begin: number, parts: readonly Uint8Array[]): void {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    for (const range of this.layout.rangesOf(piece, begin, length)) {
      if (range.isPadding) continue;
      const { file, offset, at } = range;
      // Once touched, it has changed by us, and when is noted at the end.
      const isTouched = this.touched.has(file);
      const descriptor = isTouched ? this.table.readable(file) : this.table.writable(file);
      this.touched.add(file);
      try {
        writeAll(descriptor, cut(parts, at, at + range.length), offset);
      } catch (cause) {
        throw systemError(this.table.pathOf(file), "written", cause);
      }
    }
  }
}

/** The bytes from `begin` to `end` of the row that `parts` make. */
function cut(parts: readonly Uint8Array[], begin: number, end: number): Uint8Array[] {
  const cuts: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    const from = Math.max(begin - at, 0);
    const to = Math.min(end - at, part.length);
    if (from < to) cuts.push(part.subarray(from, to));
    at += part.length;
  }
  return cuts;
}

function writeAll(descriptor: number, parts: readonly Uint8Array[], position: number): void {
  const [first, second] = parts;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const count =
    first !== undefined && second === undefined
      ? writeSync(descriptor, first, 0, length, position)
      : writevSync(descriptor, parts, position);
  // A disk that is nearly full takes a part, and says why at the next attempt.
  if (count < length) writeAll(descriptor, cut(parts, count, length), position + count);
}
