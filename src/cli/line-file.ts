import { closeSync, openSync, writeSync } from "node:fs";
import { InputError } from "./exit-codes.ts";
import { reason } from "./system-error.ts";

/** Letters held before they are written. */
const bufferSize = 1 << 16;

/** A file that lines are added to while a simulation runs, without holding more than a buffer of them in memory. */
export class LineFile {
  private readonly file: number;
  private buffer = "";

  constructor(path: string) {
    this.file = openSync(path, "w");
  }

  /** Adds a line, which ends in \n. */
  write(line: string): void {
    this.buffer += line;
    if (this.buffer.length >= bufferSize) this.flush();
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.file);
    }
  }

  private flush(): void {
    const bytes = Buffer.from(this.buffer, "utf8");
    this.buffer = "";
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
    } catch (cause) {
      throw new InputError(`The trace cannot be written: ${reason(cause)}.`, { cause });
    }
  }
}
