import { lstatSync, realpathSync } from "node:fs";
import { dirname, sep } from "node:path";
import { StorageError } from "./storage-error.ts";

/**
 * Throws when `path` leads out of `root` (a real path) by links. What is not there leads nowhere.
 */
export function refuseWayOut(root: string, path: string): void {
  const parent = realPathOf(dirname(path));
  // The folders that are not there yet will be made in one that is.
  if (parent === undefined) {
    if (dirname(path) !== path) refuseWayOut(root, dirname(path));
    return;
  }
  if (!isWithin(root, parent)) throw leadsOut(path, parent);
  if (!isLink(path)) return;
  const target = realPathOf(path);
  if (target === undefined) {
    throw new StorageError(path, "is a link to what is not there", "Delete the link.");
  }
  if (!isWithin(root, target)) throw leadsOut(path, target);
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

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Undefined when it is not there. */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}
