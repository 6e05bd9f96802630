import { resolve } from "node:path";
import { FileReadError } from "../../live/storage/piece-hasher.ts";
import { InputError } from "../exit-codes.ts";
import { reason } from "../system-error.ts";

/** What the system said about a file of the user's, as an InputError; anything else as it is. */
export function readProblem(error: unknown, path: string): unknown {
  const { code, path: named = path } = error as NodeJS.ErrnoException;
  const isOfSystem = error instanceof FileReadError || (error as NodeJS.ErrnoException).syscall;
  if (code === undefined || !isOfSystem) return error;
  const shown = named === resolve(path) ? path : named;
  return new InputError(`${shown} cannot be read: ${reason(error)}.`, { cause: error });
}
