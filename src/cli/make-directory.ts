import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a directory, and those above it that are missing. Not by Node's own `recursive`, which tries for ever on a file system
 * like /proc, that answers "no such directory" to whoever makes one.
 */
export async function makeDirectory(path: string): Promise<void> {
  const above = dirname(path);
  if (above !== path && !(await exists(above))) await makeDirectory(above);
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
