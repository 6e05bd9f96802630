import { rmSync } from "node:fs";
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Manifest } from "../report/manifest.ts";
import { InputError } from "./exit-codes.ts";

/**
 * The files of a run. They are written into a directory beside the one they are for, and get its name when all are there,
 * so that what looks like a run is one.
 */
export class RunDirectory {
  /** Where files are written until `keep`. */
  readonly temporary: string;
  /** The wanted path, absolute. */
  private readonly wanted: string;
  /** Whether the wanted path was named by the user. */
  private readonly isNamed: boolean;

  private constructor(wanted: string, isNamed: boolean) {
    this.wanted = wanted;
    this.isNamed = isNamed;
    this.temporary = join(dirname(wanted), `.${basename(wanted)}.${process.pid}.tmp`);
  }

  /** Makes the temporary directory. `out` is what the user named; otherwise `name` is for one in `runs`. */
  static async create(out: string | undefined, name: string): Promise<RunDirectory> {
    const wanted = resolve(out ?? join("runs", name));
    const directory = new RunDirectory(wanted, out !== undefined);
    if (out !== undefined) await refuseForeign(wanted);
    try {
      await mkdir(directory.temporary, { recursive: true });
    } catch (cause) {
      throw new InputError(
        `The run directory ${shown(wanted)} cannot be made: ${reason(cause)}. Name another with --out.`,
        { cause },
      );
    }
    return directory;
  }

  /** Writes a file, by its path in the directory. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const file = join(this.temporary, path);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    } catch (cause) {
      throw new InputError(`${path} of the run cannot be written: ${reason(cause)}.`, { cause });
    }
  }

  /**
   * Gives the directory its name, and returns that. In `runs` a number is added until the name is free. A directory that
   * the user named and that holds a run already is replaced, but never a complete run by a partial one.
   */
  async keep(isPartial: boolean): Promise<{ path: string; replaced: Manifest | undefined }> {
    const { wanted } = this;
    const replaced = this.isNamed ? await manifestIn(wanted) : undefined;
    if (replaced !== undefined && (!isPartial || replaced.partial)) {
      const old = `${this.temporary}.old`;
      await rename(wanted, old);
      await rename(this.temporary, wanted);
      await rm(old, { recursive: true, force: true });
      return { path: shown(wanted), replaced };
    }
    const base = replaced === undefined ? wanted : `${wanted}-partial`;
    for (let number = 1; ; number++) {
      const path = number === 1 ? base : `${base}-${number}`;
      if (await isTaken(path)) continue;
      await rename(this.temporary, path);
      return { path: shown(path), replaced: undefined };
    }
  }

  /** Removes what was written. Waits for nothing, so that a signal can ask for it. */
  discard(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

/** A name for the run of a scenario file with a seed: `flashcrowd-1`. */
export function runName(file: string, seed: string): string {
  const stem = basename(file).replace(/\.ya?ml$/i, "");
  const clean = (text: string) => text.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60);
  return `${clean(stem)}-${clean(seed)}`;
}

/** The manifest in a run directory; undefined where there is none. */
export async function manifestIn(path: string): Promise<Manifest | undefined> {
  const text = await readFile(join(path, "manifest.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as Partial<Manifest> | null;
    return typeof manifest?.digest === "string" ? (manifest as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

async function refuseForeign(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isDirectory())
    throw new InputError(`${shown(path)} is a file. Name a directory with --out.`);
  const inside = await readdir(path);
  if (inside.length === 0 || (await manifestIn(path)) !== undefined) return;
  throw new InputError(
    `${shown(path)} holds files that are not of a run. Name a new or empty directory with --out.`,
  );
}

async function isTaken(path: string): Promise<boolean> {
  const inside = await readdir(path).catch(() => undefined);
  if (inside !== undefined) return inside.length > 0;
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What the system said, in words. */
export function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the file system is read-only",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of its path is a file",
    EEXIST: "a part of its path is a file",
    ENOENT: "there is no such file",
    EISDIR: "it is a directory",
  };
  return known[code ?? ""] ?? message;
}

/** A path as short as it gets from here. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}
