/** The files of a torrent cannot be used as they are. The message says which, why, and what to do; no stack is shown. */
export class StorageError extends Error {
  override name = "StorageError";
  readonly path: string;
  /** Follows the path: "cannot be written: the disk is full". */
  readonly problem: string;
  /** A sentence. */
  readonly remedy: string;

  constructor(path: string, problem: string, remedy: string, options?: ErrorOptions) {
    super(`${path} ${problem}. ${remedy}`, options);
    this.path = path;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** Where a file may be put if not here. */
const elsewhere = "choose another directory";
const kept = "what was verified is kept";

/** What the system's codes mean here, and what helps. */
const known: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOSPC: ["the disk is full", `Make room and start again: ${kept}.`],
  EDQUOT: ["the disk quota is used up", `Make room and start again: ${kept}.`],
  EFBIG: ["files may not be that large here", `Raise the limit (ulimit -f), or ${elsewhere}.`],
  EROFS: ["the file system is read-only", `Mount it writable, or ${elsewhere}.`],
  EACCES: ["permission denied", `Change its permissions, or ${elsewhere}.`],
  EPERM: ["permission denied", `Change its permissions, or ${elsewhere}.`],
  ENOENT: ["it is not there", `Bring it back, or start again: ${kept}.`],
  ENOTDIR: ["a part of its path is a file", `Move that file away, or ${elsewhere}.`],
  EISDIR: ["it is a directory", `Move it away, or ${elsewhere}.`],
  ELOOP: ["its links lead in a circle", `Mend the links, or ${elsewhere}.`],
  ENAMETOOLONG: [
    "the name is too long for this file system",
    `A shorter path may do: ${elsewhere}.`,
  ],
  EMFILE: ["too many files are open", "Raise the limit (ulimit -n)."],
  ENFILE: ["too many files are open on this machine", "Close some programs, and start again."],
  EIO: ["the disk reports an error", `Look after the disk, then start again: ${kept}.`],
};

/** For what the system refused to do with `path`; `verb` is "read", "written", ... */
export function systemError(path: string, verb: string, cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  const [problem, remedy] = known[code ?? ""] ?? [message, `Mend that, or ${elsewhere}.`];
  return new StorageError(path, `cannot be ${verb}: ${problem}`, remedy, { cause });
}

/** A StorageError as it passes between threads, which would lose its class. */
export interface SentStorageError {
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

export function sentStorageError({ path, problem, remedy }: StorageError): SentStorageError {
  return { path, problem, remedy };
}

export function receivedStorageError({ path, problem, remedy }: SentStorageError): StorageError {
  return new StorageError(path, problem, remedy);
}
