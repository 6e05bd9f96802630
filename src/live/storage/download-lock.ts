import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { StorageError, systemError } from "./storage-error.ts";
import { isSameBoot, thisBoot } from "./this-boot.ts";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly boot: string;
  /** As Linux counts, in ticks since boot: tells a process from a later one with the same id. Empty elsewhere. */
  readonly started: string;
}

/** Attempts to replace a lock whose holder is gone, while others may try the same. */
const attempts = 10;

/** One process at a time writes a download. A lock that a killed process left behind does not count. */
export class DownloadLock {
  private readonly path: string;
  private readonly text: string;

  private constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Throws a StorageError when another process holds it; `download` is what the message is about. */
  static take(path: string, download: string): DownloadLock {
    const own: Holder = {
      pid: process.pid,
      host: hostname(),
      boot: thisBoot(),
      started: startOf(process.pid),
    };
    const text = JSON.stringify(own);
    // A thread's number keeps two of one process apart.
    const temporary = `${path}.${process.pid}.${process.hrtime.bigint()}`;
    try {
      writeFileSync(temporary, text);
      for (let i = 0; i < attempts; i++) {
        if (linked(temporary, path)) return new DownloadLock(path, text);
        removeLeftover(path, download, own);
      }
    } catch (cause) {
      // What matters to the user is the directory, not a hidden file in it.
      throw systemError(dirname(path), "written", cause);
    } finally {
      removeQuietly(temporary);
    }
    throw inUse(path, download, "several processes");
  }

  /** It is gone already when this fails, or stays and is seen to be nobody's. */
  release(): void {
    try {
      if (readFileSync(this.path, "utf8") === this.text) rmSync(this.path);
    } catch {}
  }
}

/** Whatever hinders it, hindered what was meant in the first place. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

/** Whether the lock is ours now. A link, unlike a new file, has its text from the first moment. */
function linked(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // FAT and the like have no links.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw cause;
    return created(temporary, path);
  }
}

function created(temporary: string, path: string): boolean {
  try {
    writeFileSync(path, readFileSync(temporary), { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

/** Removes a lock whose holder is gone; throws when there is one. */
function removeLeftover(path: string, download: string, own: Holder): void {
  const text = textOf(path);
  if (text === undefined) return; // released in between
  const holder = holderIn(text);
  if (holder === undefined) {
    throw inUse(path, download, "somebody whose lock cannot be read");
  }
  if (holder.host !== own.host) throw inUse(path, download, `a process on ${holder.host}`);
  if (isRunning(holder, own)) throw inUse(path, download, `process ${holder.pid}`);
  // Another process may have come first and hold a new lock there: what is taken away is looked at again.
  const aside = `${path}.${own.pid}.left`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (textOf(aside) !== text) linked(aside, path);
  removeQuietly(aside);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Holder;
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, boot, started }: Holder, own: Holder): boolean {
  if (!isSameBoot(boot, own.boot)) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    // EPERM: somebody else's, and there.
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startOf(pid) === started;
}

/** When a process began, field 22 of /proc/PID/stat; empty where that is not known. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, and may have blanks.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function inUse(path: string, download: string, who: string): StorageError {
  return new StorageError(
    download,
    `is being downloaded by ${who}`,
    `Stop that one, or choose another directory; if there is none, delete ${path}.`,
  );
}
