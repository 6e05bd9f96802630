import { Worker } from "node:worker_threads";
import type { Begun, DiskJob, FromDisk, Surveyed, ToDisk } from "./disk-jobs.ts";
import type { DiskThreadData } from "./disk-thread.ts";
import { receivedStorageError, type StorageError } from "./storage-error.ts";

/** Batches with the thread at once: one that it works on, and one that it finds when it has done that. */
const batchesAtOnce = 2;

/** Jobs in a batch, so that the first answers do not wait long for the last. */
const jobsInBatch = 32;

/** MiB of heap for the thread, which keeps little; the memory of blocks is not among them. */
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 2 };

/** What is heard of the thread once it has begun. */
export interface DiskEvents {
  onDone(job: DiskJob, isRight: boolean): void;
  onFailure(error: StorageError): void;
}

/** The thread that has the files of one download, as the main thread sees it. */
export class Disk {
  /** It has looked at what is there. Rejects with a StorageError. */
  readonly surveyed: Promise<Surveyed>;
  private readonly worker: Worker;
  private readonly events: DiskEvents;
  private readonly ended: Promise<void>;
  private readonly waiting: DiskJob[] = [];
  private readonly newSlots: (readonly [number, SharedArrayBuffer])[] = [];
  /** Batches that have not been answered. */
  private readonly batches: DiskJob[][] = [];
  /** Who waits for what it says while it is opened. */
  private opening: { onAnswer(message: FromDisk): void; onError(error: unknown): void } | undefined;
  private hasFailed = false;
  private isClosing = false;
  private isAskedToClose = false;

  constructor(data: DiskThreadData, events: DiskEvents) {
    this.events = events;
    this.worker = new Worker(program, { workerData: data, resourceLimits: limits });
    this.worker.on("message", (message: FromDisk) => this.received(message));
    this.worker.once("error", (error) => {
      // A mistake of ours. Once it is open, nobody waits who could be told.
      if (this.opening === undefined) throw error;
      this.opening.onError(error);
    });
    this.ended = new Promise((resolve) => {
      this.worker.once("exit", () => resolve());
    });
    this.surveyed = this.answer<FromDisk & { kind: "surveyed" }>();
  }

  /** `right` are those pieces to check that are right. Rejects with a StorageError when nothing can be written. */
  begin(right: Uint8Array): Promise<Begun> {
    const begun = this.answer<FromDisk & { kind: "begun" }>();
    this.post({ kind: "begin", right });
    return begun;
  }

  private answer<M extends FromDisk>(): Promise<M> {
    return new Promise((resolve, reject) => {
      this.opening = { onAnswer: (message) => resolve(message as M), onError: reject };
    });
  }

  /** A slot of shared memory that jobs will name from now on. */
  addSlot(slot: number, memory: SharedArrayBuffer): void {
    this.newSlots.push([slot, memory]);
  }

  add(job: DiskJob): void {
    if (this.hasFailed) return;
    this.waiting.push(job);
    this.send();
  }

  /** Does what is to be done, and has all that was written on the disk for good. Ends when the thread has ended. */
  close(): Promise<void> {
    this.isClosing = true;
    this.send();
    return this.ended;
  }

  private send(): void {
    const { waiting, batches, newSlots } = this;
    while (waiting.length > 0 && batches.length < batchesAtOnce) {
      const jobs = waiting.splice(0, jobsInBatch);
      batches.push(jobs);
      this.post({ kind: "jobs", jobs, slots: newSlots.splice(0) });
    }
    if (!this.isClosing || this.isAskedToClose || waiting.length > 0) return;
    this.isAskedToClose = true;
    this.post({ kind: "close" });
  }

  private post(message: ToDisk): void {
    this.worker.postMessage(message);
  }

  private received(message: FromDisk): void {
    const { opening } = this;
    if (message.kind === "failed") {
      const error = receivedStorageError(message.error);
      if (opening !== undefined) opening.onError(error);
      else this.failed(error);
    } else if (message.kind === "done") {
      const jobs = this.batches.shift() ?? [];
      this.send();
      for (const [i, job] of jobs.entries()) this.events.onDone(job, message.isRight[i] as boolean);
    } else {
      opening?.onAnswer(message);
      if (message.kind === "begun") this.opening = undefined;
    }
  }

  private failed(error: StorageError): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.waiting.length = 0;
    this.events.onFailure(error);
    this.send();
  }
}

/** As built; tests run the sources, which a thread of Node's own cannot. */
const program = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/live/storage/disk-thread.js" : "disk-thread.js",
  import.meta.url,
);
