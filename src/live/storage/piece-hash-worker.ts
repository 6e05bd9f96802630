import { createHash, type Hash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";

/** Bytes of a file that belong to a row of pieces. */
export interface Extent {
  /** Of the file; undefined for padding, which is zeros and on no disk. */
  readonly path: string | undefined;
  /** Where they begin in the file. */
  readonly offset: number;
  readonly length: number;
}

/** Pieces one after another, all of `pieceLength` bytes but perhaps the last. */
export interface PieceRun {
  readonly pieces: number;
  readonly pieceLength: number;
  readonly extents: readonly Extent[];
}

/** What a run came to. Both are moved to the thread that asked. */
export interface RunHashes {
  /** 20 bytes a piece. */
  readonly hashes: Uint8Array;
  /** 1 for each piece that is not there in whole. */
  readonly missing: Uint8Array;
}

/** Why a file cannot be read. An error of Node's would lose its code between threads. */
export interface ReadFailure {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What is asked of a thread. */
export interface HashTask {
  readonly runs: readonly PieceRun[];
  /** One number, which is not 0 any more when nobody wants an answer. */
  readonly stop: Int32Array;
}

/** What came of it; no runs when it was stopped. */
export type HashAnswer = readonly RunHashes[] | ReadFailure;

/** Bytes read at once: fast from 64 KiB on, and small enough to be hashed out of the processor's cache. */
const chunkLength = 2 ** 18;

const chunk = Buffer.allocUnsafeSlow(chunkLength);

// Tasks are done one after another, in the order in which they came; the thread waits for the disk meanwhile.
parentPort?.on("message", (task: HashTask) => {
  const answer = hashRuns(task);
  const buffers = isFailure(answer) ? [] : answer.flatMap(buffersOf);
  parentPort?.postMessage(answer, buffers);
});

function isFailure(answer: HashAnswer): answer is ReadFailure {
  return !Array.isArray(answer);
}

function buffersOf({ hashes, missing }: RunHashes): ArrayBuffer[] {
  return [hashes.buffer as ArrayBuffer, missing.buffer as ArrayBuffer];
}

function hashRuns({ runs, stop }: HashTask): HashAnswer {
  const files = new OpenFile();
  const done: RunHashes[] = [];
  try {
    for (const run of runs) {
      const hashes = hashRun(run, files, stop);
      if (hashes === undefined) return [];
      done.push(hashes);
    }
    return done;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || code.startsWith("ERR_")) throw error; // not the system's
    return { path: files.path, code, message };
  } finally {
    files.close();
  }
}

/** Undefined when it was stopped. */
function hashRun(run: PieceRun, files: OpenFile, stop: Int32Array): RunHashes | undefined {
  const row = new PieceRow(run);
  for (const { path, offset, length } of run.extents) {
    const file = path === undefined ? undefined : files.open(path);
    if (path === undefined) chunk.fill(0, 0, Math.min(length, chunk.length));
    for (let done = 0; done < length; ) {
      if (Atomics.load(stop, 0) !== 0) return undefined;
      const most = Math.min(length - done, chunk.length, row.rest);
      let read = path === undefined ? most : 0;
      if (file !== undefined) read = readSync(file, chunk, 0, most, offset + done);
      if (read > 0) row.add(chunk.subarray(0, read));
      // A file that is too short lacks the rest of what was asked for.
      else row.miss(length - done);
      done += read > 0 ? read : length - done;
    }
  }
  return { hashes: row.hashes, missing: row.missing };
}

/** The pieces of a run, as their bytes come. */
class PieceRow {
  readonly hashes: Uint8Array;
  readonly missing: Uint8Array;
  private readonly pieceLength: number;
  private piece = 0;
  /** Bytes that the piece under way still needs. */
  rest: number;
  private hash: Hash = createHash("sha1");
  /** Bytes still to come, of the whole run. */
  private total: number;

  constructor({ pieces, pieceLength, extents }: PieceRun) {
    this.hashes = new Uint8Array(20 * pieces);
    this.missing = new Uint8Array(pieces);
    this.pieceLength = pieceLength;
    this.total = extents.reduce((sum, { length }) => sum + length, 0);
    this.rest = Math.min(pieceLength, this.total);
  }

  /** Bytes of the piece under way, and none of the next. */
  add(bytes: Uint8Array): void {
    this.hash.update(bytes);
    this.pass(bytes.length);
  }

  /** The next `length` bytes are not there. */
  miss(length: number): void {
    for (let left = length; left > 0; ) {
      const part = Math.min(left, this.rest);
      this.missing[this.piece] = 1;
      this.pass(part);
      left -= part;
    }
  }

  private pass(length: number): void {
    this.rest -= length;
    this.total -= length;
    if (this.rest > 0) return;
    this.hashes.set(this.hash.digest(), 20 * this.piece);
    this.hash = createHash("sha1");
    this.piece++;
    this.rest = Math.min(this.pieceLength, this.total);
  }
}

/** The file that was read last stays open for the next range of it. */
class OpenFile {
  path = "";
  private file: number | undefined;
  private isKnown = false;

  /** Undefined when there is no such file, or no file that can be read at any place. */
  open(path: string): number | undefined {
    if (this.isKnown && this.path === path) return this.file;
    this.close();
    this.path = path;
    this.file = opened(path);
    this.isKnown = true;
    return this.file;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.isKnown = false;
  }
}

/** Codes of a system that has no such file. */
const absent = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EISDIR", "ELOOP", "ENXIO"]);

function opened(path: string): number | undefined {
  let file: number;
  try {
    // Without it, opening a named pipe would wait for somebody to write into it.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (absent.has((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  return undefined;
}
