import { availableParallelism } from "node:os";
import { FileLayout } from "../../torrent/file-layout.ts";
import type { Metainfo, TorrentFile } from "../../torrent/metainfo.ts";
import { HashThread } from "./hash-thread.ts";
import type { Extent, PieceRun, ReadFailure, RunHashes } from "./piece-hash-worker.ts";

/** A torrent's files on a disk. */
export interface FilesOnDisk {
  readonly torrent: Pick<Metainfo, "files" | "pieceLength" | "size">;
  /** Where a file is. Padding is not asked for. */
  pathOf(file: TorrentFile): string;
}

export interface HashOptions {
  /** Which, in ascending order; all by default. */
  readonly pieces?: Iterable<number>;
  /** Told each piece's 20 bytes; undefined where not all of it is on the disk. In no order. */
  onPiece(piece: number, hash: Uint8Array | undefined): void;
  /** Told how many bytes have been gone through since it was told last. */
  readonly onProgress?: (bytes: number) => void;
  /** Stops reading. The hashing then rejects with an AbortError. */
  readonly signal?: AbortSignal;
}

/** A file of the torrent is there and cannot be read. */
export class FileReadError extends Error {
  override name = "FileReadError";
  readonly path: string;
  /** The system's, as in EACCES. */
  readonly code: string;

  constructor({ path, code, message }: ReadFailure) {
    super(message);
    this.path = path;
    this.code = code;
  }
}

/** Bytes that a thread is handed at once: some 10 ms of work, so that handing it over costs nothing. */
const jobLength = 2 ** 24;

/** Pieces, and ranges of pieces, of a job at most: what is handed over stays small for tiny pieces too. */
const jobPieces = 2 ** 12;

/** Milliseconds without work after which threads end. */
const idleTime = 2000;

/**
 * Hashes pieces that are in files, on threads of its own. A thread reads 256 KiB at a time, whatever a piece's length, so that memory
 * stays the same for any torrent. Threads begin with the work, and end when there has been none for a while, or at `close`.
 */
export class PieceHasher {
  private readonly mostThreads: number;
  private threads: HashThread[] = [];
  private working = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(threads: number = availableParallelism()) {
    this.mostThreads = threads;
  }

  /** Hashes pieces of `files`. Throws a FileReadError about a file that is there and cannot be read. */
  async hash(files: FilesOnDisk, options: HashOptions): Promise<void> {
    const { signal } = options;
    signal?.throwIfAborted();
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const onAbort = () => Atomics.store(stop, 0, 1);
    signal?.addEventListener("abort", onAbort);
    clearTimeout(this.idle);
    this.working++;
    const jobs = jobsOf(files, options.pieces);
    const lane = async () => {
      for (const job of jobs) {
        const answer = await this.thread().run({ runs: job.runs, stop });
        if (stop[0] !== 0) return;
        if (!("length" in answer)) throw new FileReadError(answer);
        hand(job, answer, options);
      }
    };
    try {
      // One job more than threads, which then need not wait for the next.
      await Promise.all(Array.from({ length: this.mostThreads + 1 }, lane));
      signal?.throwIfAborted();
    } finally {
      Atomics.store(stop, 0, 1);
      signal?.removeEventListener("abort", onAbort);
      this.working--;
      if (this.working === 0) this.idle = setTimeout(() => void this.close(), idleTime).unref();
    }
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    clearTimeout(this.idle);
    const threads = this.threads;
    this.threads = [];
    await Promise.all(threads.map((thread) => thread.end()));
  }

  /** The thread that has least to do; a new one while all have something, and there may be more. */
  private thread(): HashThread {
    this.threads = this.threads.filter(({ hasEnded }) => !hasEnded);
    const [first, ...others] = this.threads;
    let least = first;
    for (const one of others) if (least === undefined || one.tasks < least.tasks) least = one;
    if (least !== undefined && (least.tasks === 0 || this.threads.length >= this.mostThreads)) {
      return least;
    }
    const thread = new HashThread();
    this.threads.push(thread);
    return thread;
  }
}

/** What a thread does at once. */
interface Job {
  readonly runs: readonly PieceRun[];
  /** The first piece of each run. */
  readonly firsts: readonly number[];
  readonly bytes: number;
}

/** Pieces as jobs of some 16 MiB, or one piece where that is longer. */
function* jobsOf({ torrent, pathOf }: FilesOnDisk, pieces?: Iterable<number>): Generator<Job> {
  const layout = new FileLayout(torrent);
  const { pieceLength } = torrent;
  const most = Math.max(1, Math.min(jobPieces, Math.floor(jobLength / pieceLength)));
  let [runs, firsts, count, bytes]: [PieceRun[], number[], number, number] = [[], [], 0, 0];
  for (const [first, end] of runsOf(pieces ?? countTo(layout.pieceCount), most)) {
    if (count > 0 && count + end - first > most) {
      yield { runs, firsts, bytes };
      [runs, firsts, count, bytes] = [[], [], 0, 0];
    }
    const ranges = layout.rangesOfPieces(first, end);
    const extents = ranges.map(({ file, offset, length, isPadding }): Extent => {
      const path = isPadding ? undefined : pathOf(torrent.files[file] as TorrentFile);
      return { path, offset, length };
    });
    runs.push({ pieces: end - first, pieceLength, extents });
    firsts.push(first);
    count += end - first;
    bytes += extents.reduce((sum, { length }) => sum + length, 0);
  }
  if (count > 0) yield { runs, firsts, bytes };
}

/** Pieces that follow each other, at most so many at once: first, and the one behind the last. */
function* runsOf(pieces: Iterable<number>, most: number): Generator<readonly [number, number]> {
  let first = 0;
  let end = 0;
  for (const piece of pieces) {
    if (end > first && (piece !== end || end - first >= most)) yield [first, end];
    if (piece !== end || end - first >= most) first = piece;
    end = piece + 1;
  }
  if (end > first) yield [first, end];
}

function* countTo(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

/** Tells what a job came to. */
function hand({ firsts, bytes }: Job, runs: readonly RunHashes[], options: HashOptions): void {
  runs.forEach(({ hashes, missing }, at) => {
    missing.forEach((isMissing, i) => {
      const piece = (firsts[at] as number) + i;
      options.onPiece(piece, isMissing === 1 ? undefined : hashes.subarray(20 * i, 20 * i + 20));
    });
  });
  options.onProgress?.(bytes);
}
