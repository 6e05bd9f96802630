import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "./exit-codes.ts";
import { makeDirectory } from "./make-directory.ts";
import { reason } from "./system-error.ts";

/** Writes a file in whole or not at all, and the directory that it is to be in. An InputError says why it cannot be. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await makeDirectory(dirname(path));
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new InputError(`${path} cannot be written: ${reason(cause)}.`, { cause });
  }
}
