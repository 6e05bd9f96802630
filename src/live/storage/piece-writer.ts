import { createHash } from "node:crypto";
import { BLOCK_SIZE } from "../../core/geometry.ts";
import type { FileLayout } from "../../torrent/file-layout.ts";
import type { DiskJob, PieceInMemory, VerifyJob } from "./disk-jobs.ts";
import type { FileTable } from "./file-table.ts";
import type { Journal } from "./journal.ts";
import type { PieceFiles } from "./piece-files.ts";
import { StorageError } from "./storage-error.ts";

/** Hashes pieces, writes those that are right, and journals what it does. */
export class PieceWriter {
  /** By slot. */
  readonly memory: Uint8Array[] = [];
  private readonly table: FileTable;
  private readonly layout: FileLayout;
  private readonly files: PieceFiles;
  private readonly journal: Journal;
  private readonly segmentLength: number;
  /** For a segment of which nothing is in memory; made when there is one. */
  private scratch: Uint8Array | undefined;

  constructor(
    table: FileTable,
    layout: FileLayout,
    files: PieceFiles,
    journal: Journal,
    segmentLength: number,
  ) {
    this.table = table;
    this.layout = layout;
    this.files = files;
    this.journal = journal;
    this.segmentLength = segmentLength;
  }

  /** Does all of it; one answer a job, as in `FromDisk`. */
  run(jobs: readonly DiskJob[]): boolean[] {
    // First, since a piece to verify may have some of its blocks here.
    const spilled = jobs.filter((job) => job.kind === "spill");
    if (spilled.length > 0) this.write(spilled);
    const isRight = jobs.map((job) => job.kind === "spill" || this.isRight(job));
    const right = jobs.filter((job, i) => job.kind === "verify" && isRight[i] === true);
    if (right.length > 0) this.write(right);
    return isRight;
  }

  private isRight(job: VerifyJob): boolean {
    const { piece } = job;
    const hash = createHash("sha1");
    const length = this.layout.lengthOfPiece(piece);
    for (const [segment, slot] of job.slots.entries()) {
      const begin = segment * this.segmentLength;
      const bytes = this.bytesOf(slot).subarray(0, Math.min(this.segmentLength, length - begin));
      const present = job.present[segment] as number;
      for (const [from, to] of runs(~present, bytes.length)) {
        this.files.read(piece, begin + from, bytes.subarray(from, to));
      }
      hash.update(bytes);
    }
    return hash.digest("base64") === job.hash;
  }

  private bytesOf(slot: number): Uint8Array {
    if (slot >= 0) return this.memory[slot] as Uint8Array;
    this.scratch ??= new Uint8Array(this.segmentLength);
    return this.scratch;
  }

  /** Writes what is in memory, between an intent and a record that it is done. */
  private write(jobs: readonly DiskJob[]): void {
    const { files, journal, table } = this;
    files.touched.clear();
    // Before the intent, which would explain a change by others.
    for (const file of this.filesOf(jobs)) table.refuseChange(file);
    journal.add({ kind: "intent", at: Date.now(), pieces: verifiedIn(jobs) });
    const written: DiskJob[] = [];
    try {
      for (const job of jobs) {
        this.writePiece(job);
        written.push(job);
      }
    } catch (error) {
      // What can still be noted need not be looked for at the next start.
      this.noteQuietly(written);
      throw error;
    }
    this.note(written);
  }

  private filesOf(jobs: readonly DiskJob[]): Set<number> {
    const ranges = jobs.flatMap(({ piece }) => this.layout.rangesOf(piece));
    return new Set(ranges.flatMap(({ file, isPadding }) => (isPadding ? [] : [file])));
  }

  private note(written: readonly DiskJob[]): void {
    const touched = [...this.files.touched].map(
      (file) => [file, this.table.written(file)] as const,
    );
    this.journal.add({ kind: "done", pieces: verifiedIn(written), touched });
  }

  private noteQuietly(written: readonly DiskJob[]): void {
    try {
      this.note(written);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** Neighbouring blocks go together, over the borders of segments too. */
  private writePiece({ piece, segment, slots, present }: PieceInMemory): void {
    const length = this.layout.lengthOfPiece(piece);
    let parts: Uint8Array[] = [];
    let begin = 0;
    let end = 0;
    for (const [i, slot] of slots.entries()) {
      const at = (segment + i) * this.segmentLength;
      const segmentEnd = Math.min(this.segmentLength, length - at);
      if (slot < 0) continue;
      for (const [from, to] of runs(present[i] as number, segmentEnd)) {
        if (at + from !== end && parts.length > 0) {
          this.files.write(piece, begin, parts);
          parts = [];
        }
        if (parts.length === 0) begin = at + from;
        parts.push((this.memory[slot] as Uint8Array).subarray(from, to));
        end = at + to;
      }
    }
    if (parts.length > 0) this.files.write(piece, begin, parts);
  }
}

/** Where the blocks of set bits begin and end in a segment of `length` bytes, neighbours together. */
function* runs(blocks: number, length: number): Generator<readonly [number, number]> {
  const count = Math.ceil(length / BLOCK_SIZE);
  for (let i = 0; i < count; i++) {
    if ((blocks & (1 << i)) === 0) continue;
    const first = i;
    while (i + 1 < count && (blocks & (1 << (i + 1))) !== 0) i++;
    yield [first * BLOCK_SIZE, Math.min((i + 1) * BLOCK_SIZE, length)];
  }
}

function verifiedIn(jobs: readonly DiskJob[]): number[] {
  return jobs.filter(({ kind }) => kind === "verify").map(({ piece }) => piece);
}
