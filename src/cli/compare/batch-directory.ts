import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunFigures } from "../../compare/run-figures.ts";
import { CellStore } from "../cell-store.ts";
import { InputError } from "../exit-codes.ts";
import { makeDirectory } from "../make-directory.ts";
import { manifestFile } from "../manifest-file.ts";
import { reason } from "../system-error.ts";
import { writeWhole } from "../write-whole.ts";
import { figuresCell } from "./cell-file.ts";

/** Where the runs are kept, a file each. */
const cellFolder = "cells";

/**
 * The directory of a comparison or a tournament. Each run's figures get their file as soon as they are there, whole or not at all, so that the
 * same command goes on where a killed one ended; the rest is written at the end.
 */
export class BatchDirectory {
  readonly path: string;
  /** The figures of the runs that are over, by their ids. */
  readonly cells: CellStore<RunFigures>;

  private constructor(path: string) {
    this.path = path;
    this.cells = new CellStore(join(path, cellFolder), figuresCell);
  }

  /** Makes the directory, or takes it where it is empty or one of many runs. */
  static async open(path: string): Promise<BatchDirectory> {
    await expectUsable(path);
    try {
      await makeDirectory(join(path, cellFolder));
    } catch (cause) {
      throw new InputError(
        `The directory ${path} cannot be made: ${reason(cause)}. Name another with --out.`,
        { cause },
      );
    }
    return new BatchDirectory(path);
  }

  /** Writes a file in whole or not at all, by its path in the directory. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    await writeWhole(join(this.path, path), content);
  }
}

/** What holds anything else is refused. */
async function expectUsable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isDirectory()) throw new InputError(`${path} is a file. Name a directory with --out.`);
  const inside = await readdir(path).catch((cause: unknown) => {
    throw new InputError(`${path} cannot be read: ${reason(cause)}.`, { cause });
  });
  const isEmpty = inside.every((name) => name.startsWith(".") || name === "lost+found");
  if (isEmpty || inside.includes(cellFolder)) return;
  const what = inside.includes(manifestFile) ? "a run" : "files that are not of a comparison";
  throw new InputError(`${path} holds ${what}. Name a new or empty directory with --out.`);
}
