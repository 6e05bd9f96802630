import { randomBytes } from "node:crypto";
import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { readdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Manifest } from "../report/manifest.ts";
import { InputError } from "./exit-codes.ts";
import { makeDirectory } from "./make-directory.ts";
import { manifestFile, manifestIn } from "./manifest-file.ts";
import { runFileNames } from "./run-files.ts";
import { shownPath } from "./shown-path.ts";
import { reason } from "./system-error.ts";

/**
 * The files of a run. They are written into a hidden directory, and get their place when all are there, so that what looks
 * like a run is one. A new directory appears at once, by a rename. In one that exists already (empty, or with an older run)
 * only the files of a run are replaced, `manifest.json` last; a directory without that is not taken for a run.
 */
export class RunDirectory {
  /** Where files are written until `keep`. */
  readonly temporary: string;
  /** The wanted path, absolute. */
  private readonly wanted: string;
  /** Whether the wanted path was named by the user. */
  private readonly isNamed: boolean;

  private constructor(wanted: string, isNamed: boolean, temporary: string) {
    this.wanted = wanted;
    this.isNamed = isNamed;
    this.temporary = temporary;
  }

  /** Makes the temporary directory. `out` is what the user named; otherwise `name` is for one in `runs`. */
  static async create(out: string | undefined, name: string): Promise<RunDirectory> {
    const wanted = resolve(out ?? join("runs", name));
    // Beside a directory that exists may be another disk, or nothing that we may write to.
    const isThere = out !== undefined && (await isUsable(wanted));
    const hidden = `.${basename(wanted)}.${randomBytes(4).toString("hex")}.tmp`;
    const temporary = join(isThere ? wanted : dirname(wanted), hidden);
    try {
      await makeDirectory(temporary);
    } catch (cause) {
      throw new InputError(
        `The run directory ${shownPath(wanted)} cannot be made: ${reason(cause)}. Name another with --out.`,
        { cause },
      );
    }
    return new RunDirectory(wanted, out !== undefined, temporary);
  }

  /** Writes a file, by its path in the directory. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const file = join(this.temporary, path);
    try {
      await makeDirectory(dirname(file));
      await writeFile(file, content);
    } catch (cause) {
      throw new InputError(`${path} of the run cannot be written: ${reason(cause)}.`, { cause });
    }
  }

  /** Removes a file or directory that was written. */
  remove(path: string): void {
    rmSync(join(this.temporary, path), { recursive: true, force: true });
  }

  /**
   * Puts the files in their place, and returns that. In `runs` a number is added until the name is free. A run that is in
   * the directory that the user named is replaced, but never a complete run by a partial one.
   */
  async keep(isPartial: boolean): Promise<{ path: string; replaced: Manifest | undefined }> {
    const old = this.isNamed ? await manifestIn(this.wanted) : undefined;
    const isKept = old !== undefined && isPartial && !old.partial;
    try {
      if (this.isNamed && !isKept && (await isUsable(this.wanted).catch(() => false))) {
        this.moveInto(this.wanted);
        return { path: shownPath(this.wanted), replaced: old };
      }
      return { path: shownPath(this.rename(isKept)), replaced: undefined };
    } catch (cause) {
      throw new InputError(
        `The files of the run cannot be put into ${shownPath(this.wanted)}: ${reason(cause)}.`,
        { cause },
      );
    }
  }

  /** Removes what was written. Waits for nothing, so that a signal can ask for it. */
  discard(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }

  private rename(isKept: boolean): string {
    const base = isKept ? `${this.wanted}-partial` : this.wanted;
    for (let number = 1; ; number++) {
      const path = number === 1 ? base : `${base}-${number}`;
      if (isTaken(path)) continue;
      try {
        renameSync(this.temporary, path);
        return path;
      } catch (error) {
        // Another run may have taken the name since we looked.
        if (!isTaken(path)) throw error;
      }
    }
  }

  /** Without a wait, so that no signal finds half of it done. */
  private moveInto(target: string): void {
    for (const name of runFileNames) rmSync(join(target, name), { recursive: true, force: true });
    const names = readdirSync(this.temporary).filter((name) => name !== manifestFile);
    for (const name of [...names, manifestFile]) {
      renameSync(join(this.temporary, name), join(target, name));
    }
  }
}

/** A name for the run of a scenario file with a seed: `flashcrowd-1`. */
export function runName(file: string, seed: string): string {
  const stem = basename(file).replace(/\.ya?ml$/i, "");
  const clean = (text: string) => text.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60);
  return `${clean(stem)}-${clean(seed)}`;
}

/** Whether there is a directory that may take a run. What holds anything else is refused. */
async function isUsable(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory())
    throw new InputError(`${shownPath(path)} is a file. Name a directory with --out.`);
  const inside = await readdir(path).catch((cause: unknown) => {
    throw new InputError(`${shownPath(path)} cannot be read: ${reason(cause)}.`, { cause });
  });
  // What an ended process or a file manager left behind is hidden.
  const isEmpty = inside.every((name) => name.startsWith(".") || name === "lost+found");
  if (isEmpty || (await manifestIn(path)) !== undefined) return true;
  throw new InputError(
    `${shownPath(path)} holds files that are not of a run. Name a new or empty directory with --out.`,
  );
}

function isTaken(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return readdirSync(path).length > 0;
  return found !== undefined;
}
