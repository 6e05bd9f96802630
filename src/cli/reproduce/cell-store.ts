import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../write-whole.ts";

/** What is stored of a run. */
export interface StoredCell {
  /** Of the scenario, the version and what is kept: a run of anything else is run anew. */
  readonly key: string;
  /** Of the run's events. */
  readonly digest: string;
  /** What the command's process used since the run before it was stored. */
  readonly cpuSeconds: number;
  readonly kept: unknown;
}

/** The finished runs of an experiment, a file each, so that a command goes on where a killed one ended. */
export class CellStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The run of that id; undefined where there is none of this key. */
  async find(id: string, key: string): Promise<StoredCell | undefined> {
    const text = await readFile(this.pathOf(id), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const cell = JSON.parse(text) as StoredCell;
      return cell.key === key ? cell : undefined;
    } catch {
      return undefined;
    }
  }

  async store(id: string, cell: StoredCell): Promise<void> {
    await writeWhole(this.pathOf(id), `${JSON.stringify(cell)}\n`);
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
