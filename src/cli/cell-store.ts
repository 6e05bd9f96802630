import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "./write-whole.ts";

/** How what is kept of a run is written down. */
export interface CellFormat<T> {
  /** `key` says what the run is of: scenario, version, and whatever else changes it. */
  text(key: string, cell: T): string;
  /** Undefined for a run of something else. It may throw at what is not whole. */
  parse(key: string, text: string): T | undefined;
}

/** Finished runs, a file each, whole or not at all, so that the same command goes on where a killed one ended. */
export class CellStore<T> {
  private readonly folder: string;
  private readonly format: CellFormat<T>;

  constructor(folder: string, format: CellFormat<T>) {
    this.folder = folder;
    this.format = format;
  }

  /** The run of that name; undefined where there is none of this key. */
  async find(name: string, key: string): Promise<T | undefined> {
    const text = await readFile(this.pathOf(name), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return this.format.parse(key, text);
    } catch {
      return undefined;
    }
  }

  async store(name: string, key: string, cell: T): Promise<void> {
    await writeWhole(this.pathOf(name), this.format.text(key, cell));
  }

  private pathOf(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}
