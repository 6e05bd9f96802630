import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MadeTorrent } from "./stored-torrent.ts";

/** What `storage-child.js` does. */
export interface ChildSpec {
  readonly made: MadeTorrent;
  /** Where its files go; `work` is for what it is told, and is not that. */
  readonly directory: string;
  readonly work: string;
  readonly blockMemory?: number;
  /** Deletes everything when it is complete, and begins again. */
  readonly isEndless?: boolean;
  readonly seed?: number;
  /** It waits 1 ms after one in so many blocks. */
  readonly pace?: number;
  /** Of bash's `ulimit -f`: KiB that a file may have. */
  readonly maxFile?: number;
}

const program = fileURLToPath(new URL("storage-child.js", import.meta.url));
const module = new URL("../../dist/live/storage/torrent-storage.js", import.meta.url).href;

/** A process that downloads, and what it said. */
export class StorageChild {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  private text = "";

  constructor(spec: ChildSpec) {
    const { made, work, maxFile, ...rest } = spec;
    const file = join(work, "spec.json");
    const bytesFile = join(work, "bytes");
    const { infohash, pieceHashes } = made.metainfo;
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
    const metainfo = {
      ...made.metainfo,
      infohash: base64(infohash),
      pieceHashes: base64(pieceHashes),
    };
    writeFileSync(bytesFile, made.bytes);
    writeFileSync(file, JSON.stringify({ ...rest, metainfo, bytesFile, module }));
    const node = [process.execPath, program, file];
    const limited = ["bash", "-c", `ulimit -f ${maxFile}; exec "$@"`, "bash", ...node];
    const [command = "", ...args] = maxFile === undefined ? node : limited;
    this.process = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.process.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.text += text;
    });
    this.ended = new Promise((resolve) => {
      this.process.on("close", () => resolve());
    });
  }

  /** Lines that it said, without one that it was killed in. */
  get lines(): string[] {
    return this.text.split("\n").slice(0, -1);
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  /** Waits for a line that begins so. */
  async said(start: string): Promise<string> {
    for (;;) {
      const line = this.lines.find((one) => one.startsWith(start));
      if (line !== undefined) return line;
      if (this.process.exitCode !== null) throw new Error(`ended with: ${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
