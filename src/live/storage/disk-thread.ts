import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Bitfield } from "../../core/bitfield.ts";
import type { FromDisk, ToDisk } from "./disk-jobs.ts";
import type { Journal } from "./journal.ts";
import { Download, type StoredTorrent } from "./open-download.ts";
import { PieceFiles } from "./piece-files.ts";
import { PieceWriter } from "./piece-writer.ts";
import { StorageError, sentStorageError } from "./storage-error.ts";

/** What the thread is started with. */
export interface DiskThreadData {
  readonly torrent: StoredTorrent;
  readonly directory: string;
  /** Shared: one a file, when it was last changed, by all that the thread knows. */
  readonly times: BigInt64Array;
  readonly isSeeding: boolean;
  readonly segmentLength: number;
}

/** The files of one download, and the one who writes them. */
class DiskThread {
  private readonly port: MessagePort;
  private readonly data: DiskThreadData;
  private readonly download: Download;
  private journal: Journal | undefined;
  private writer: PieceWriter | undefined;
  private hasFailed = false;

  constructor(port: MessagePort, data: DiskThreadData) {
    this.port = port;
    this.data = data;
    const { torrent, directory, times, isSeeding } = data;
    this.download = Download.open(torrent, directory, times, isSeeding);
    const { table, survey } = this.download;
    this.answer({ kind: "surveyed", root: table.root, toCheck: survey.toCheck.toBytes() });
    port.on("message", (message: ToDisk) => this.take(message));
  }

  private take(message: ToDisk): void {
    if (message.kind === "close") return this.close();
    if (this.hasFailed) return;
    this.hasFailed = !reported(this.port, () => {
      if (message.kind === "begin") return this.begin(message.right);
      const { writer } = this;
      if (writer === undefined) return; // seeding
      for (const [slot, memory] of message.slots) writer.memory[slot] = new Uint8Array(memory);
      this.answer({ kind: "done", isRight: writer.run(message.jobs) });
    });
  }

  private begin(right: Uint8Array): void {
    const { download, data } = this;
    const { table, layout } = download;
    const have = download.have(Bitfield.fromBytes(right, layout.pieceCount) as Bitfield);
    if (!data.isSeeding) {
      const journal = download.begin(have);
      this.journal = journal;
      const files = new PieceFiles(table, layout);
      this.writer = new PieceWriter(table, layout, files, journal, data.segmentLength);
    }
    this.answer({ kind: "begun", have: have.toBytes(), resumed: download.resumed(have) });
  }

  private flush(): void {
    if (this.journal === undefined) return; // seeding
    this.download.table.flush();
    this.journal.addAndFlush({ kind: "clean" });
  }

  private close(): void {
    if (!this.hasFailed) reported(this.port, () => this.flush());
    this.journal?.close();
    this.download.close();
    this.port.close();
  }

  private answer(message: FromDisk): void {
    this.port.postMessage(message);
  }
}

/** Whether it went without a StorageError; that is reported. Anything else is a mistake of ours, and ends the thread. */
function reported(port: MessagePort, action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    port.postMessage({ kind: "failed", error: sentStorageError(error) } satisfies FromDisk);
    return false;
  }
}

const port = parentPort;
if (port !== null) reported(port, () => void new DiskThread(port, workerData as DiskThreadData));
