import { mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bitfield } from "../../core/bitfield.ts";
import { bytesToHex, sameBytes } from "../../core/bytes.ts";
import { FileLayout } from "../../torrent/file-layout.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import type { Resumed } from "./disk-jobs.ts";
import { DownloadLock } from "./download-lock.ts";
import { FileTable } from "./file-table.ts";
import { Journal } from "./journal.ts";
import type { ResumeRecord } from "./resume-record.ts";
import { StorageError, systemError } from "./storage-error.ts";
import { type Survey, survey } from "./survey.ts";
import { thisBoot } from "./this-boot.ts";

/** What is needed of a torrent to keep its files. */
export type StoredTorrent = Pick<Metainfo, "infohash" | "name" | "files" | "pieceLength" | "size">;

/** The files of one torrent, looked at, and locked if they are to be written. */
export class Download {
  readonly torrent: StoredTorrent;
  readonly layout: FileLayout;
  readonly table: FileTable;
  readonly survey: Survey;
  private readonly record: ResumeRecord | undefined;
  private readonly lock: DownloadLock | undefined;
  private readonly journalPath: string;

  private constructor(
    torrent: StoredTorrent,
    times: BigInt64Array,
    root: string,
    journalPath: string,
    lock: DownloadLock | undefined,
  ) {
    const { files, pieceLength } = torrent;
    const isSeeding = lock === undefined;
    this.torrent = torrent;
    this.journalPath = journalPath;
    this.lock = lock;
    this.layout = new FileLayout(torrent);
    this.table = new FileTable(root, files, times, isSeeding);
    this.record = recordFor(torrent, journalPath, isSeeding);
    const { table, layout } = this;
    this.survey = survey({ root, table, layout, pieceLength, isSeeding }, this.record);
  }

  /** Looks at what is there. Throws a StorageError when it cannot be used. `times` are kept as those of `FileTable`. */
  static open(
    torrent: StoredTorrent,
    directory: string,
    times: BigInt64Array,
    isSeeding: boolean,
  ): Download {
    const root = rootAt(directory, isSeeding);
    const journalPath = join(root, journalName(torrent));
    if (isSeeding) return new Download(torrent, times, root, journalPath, undefined);
    const lock = DownloadLock.take(`${journalPath}.lock`, join(root, torrent.name));
    try {
      return new Download(torrent, times, root, journalPath, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** `right` are those of `survey.toCheck` that were right. Returns all that is there. */
  have(right: Bitfield): Bitfield {
    const have = this.survey.trusted.copy();
    for (let piece = right.next(0); piece >= 0; piece = right.next(piece + 1)) have.set(piece);
    const { dataIn } = this.survey;
    const isOthers = this.record === undefined && dataIn !== undefined && have.count === 0;
    if (isOthers && this.lock !== undefined) {
      throw new StorageError(
        dataIn,
        "is there already, and nothing in it belongs to this torrent",
        "Move it away, or choose another directory.",
      );
    }
    return have;
  }

  resumed(have: Bitfield): Resumed {
    const { trusted, toCheck, missingFiles, changedFiles, hasCrashed } = this.survey;
    const checked = have.count - trusted.count;
    const wrong = toCheck.count - checked;
    return { trusted: trusted.count, checked, wrong, missingFiles, changedFiles, hasCrashed };
  }

  /** Begins to write: a record of what is there, and the files that are complete when they are empty. */
  begin(have: Bitfield): Journal {
    const { table, torrent } = this;
    const times = new BigInt64Array(table.files.length);
    for (const [file, { length, isPadding }] of table.files.entries()) {
      times[file] = table.timeOf(file);
      if (!isPadding && length === 0) table.createEmpty(file);
    }
    return Journal.begin(this.journalPath, {
      kind: "start",
      infohash: torrent.infohash,
      boot: thisBoot(),
      // What was checked just now is perhaps in the system's memory only, written by another program.
      isClean: this.record?.isClean === true && this.survey.toCheck.count === 0,
      verified: have,
      times,
    });
  }

  close(): void {
    this.table.close();
    this.lock?.release();
  }
}

/** The directory's real path; made when it is not there and we may. */
function rootAt(directory: string, isSeeding: boolean): string {
  try {
    if (!isSeeding) makeDirectory(directory);
    return realpathSync(directory);
  } catch (cause) {
    throw systemError(directory, isSeeding ? "read" : "written", cause);
  }
}

/** Not by Node's own `recursive`, which tries for ever on a file system like /proc. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw cause;
    makeDirectory(dirname(path));
    mkdirSync(path);
  }
}

/** Hidden, beside the download. A name too long for that is left out. */
function journalName({ name, infohash }: StoredTorrent): string {
  const isShort = Buffer.byteLength(name) <= 200;
  return `.${isShort ? name : bytesToHex(infohash)}.swarmlab`;
}

function recordFor(
  { infohash, name, files, size, pieceLength }: StoredTorrent,
  path: string,
  isSeeding: boolean,
): ResumeRecord | undefined {
  const record = Journal.read(path);
  if (record === undefined) return undefined;
  if (!sameBytes(record.infohash, infohash)) {
    if (isSeeding) return undefined;
    const other = bytesToHex(record.infohash);
    throw new StorageError(
      join(dirname(path), name),
      `belongs to another torrent of that name, with infohash ${other}`,
      `Choose another directory, or delete ${path}.`,
    );
  }
  const isOfThis =
    record.times.length === files.length &&
    record.verified.length === Math.ceil(size / pieceLength);
  return isOfThis ? record : undefined;
}
