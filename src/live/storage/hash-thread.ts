import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { HashAnswer, HashTask } from "./piece-hash-worker.ts";

/** The worker as built; tests run the sources, which a thread of Node's own cannot. */
const program = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts")
      ? "../../../dist/live/storage/piece-hash-worker.js"
      : "piece-hash-worker.js",
    import.meta.url,
  ),
);

interface Waiting {
  resolve(answer: HashAnswer): void;
  reject(error: unknown): void;
}

/** A thread that hashes. It keeps the process only while it has something to do. */
export class HashThread {
  hasEnded = false;
  private readonly worker = new Worker(program);
  /** In the order of their tasks, which is that of the answers. */
  private readonly waiting: Waiting[] = [];

  constructor() {
    this.worker.unref();
    this.worker.on("message", (answer: HashAnswer) => {
      this.waiting.shift()?.resolve(answer);
      if (this.waiting.length === 0) this.worker.unref();
    });
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => this.fail(new Error("A thread that hashed pieces has ended.")));
  }

  /** Tasks that wait for their answers. */
  get tasks(): number {
    return this.waiting.length;
  }

  run(task: HashTask): Promise<HashAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.ref();
      this.worker.postMessage(task);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: unknown): void {
    this.hasEnded = true;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
