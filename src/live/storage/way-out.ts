import { type BigIntStats, lstatSync, realpathSync, statSync } from "node:fs";
import { dirname, sep } from "node:path";
import { StorageError } from "./storage-error.ts";

/**
 * What is at `path`; undefined when nothing is. Throws when links lead out of `root`, a real path. What is known of folders is kept in
 * `folders`, for one look at many files.
 */
export function lookWithin(
  root: string,
  path: string,
  folders = new Map<string, boolean>(),
): BigIntStats | undefined {
  if (!isFolderWithin(root, dirname(path), folders)) return undefined;
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats?.isSymbolicLink() !== true) return stats;
  const target = realPathOf(path);
  if (target === undefined) throw leadsNowhere(path);
  if (!isWithin(root, target)) throw leadsOut(path, target);
  return statSync(target, { bigint: true });
}

/** Whether the folder is there; throws when it is somewhere else, or, as far as it is there, its place is. */
function isFolderWithin(root: string, folder: string, folders: Map<string, boolean>): boolean {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  if (isThere) {
    const target = realPathOf(folder);
    if (target === undefined) throw leadsNowhere(folder);
    if (!isWithin(root, target)) throw leadsOut(folder, target);
  } else if (dirname(folder) !== folder) isFolderWithin(root, dirname(folder), folders);
  folders.set(folder, isThere);
  return isThere;
}

function leadsNowhere(path: string): StorageError {
  return new StorageError(path, "is a link to what is not there", "Delete the link.");
}

function leadsOut(path: string, target: string): StorageError {
  return new StorageError(
    path,
    `leads out of the download directory, to ${target}`,
    "Replace the link by a directory or file, or choose another directory.",
  );
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Undefined when it is not there. */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}
