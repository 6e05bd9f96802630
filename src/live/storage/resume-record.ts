import type { Bitfield } from "../../core/bitfield.ts";
import { decodeRecord, type IntentRecord, type StartRecord } from "./journal-records.ts";

/** The first bytes of every journal. */
export const journalMark = Buffer.from("swarmlab resume 1\n");

/** What a journal says about a download, all its records taken together. */
export interface ResumeRecord {
  readonly infohash: Uint8Array;
  /** The machine's run in which it was written. */
  readonly boot: string;
  /** Everything was flushed to the disk. */
  readonly isClean: boolean;
  /** Pieces that were right and written in whole. */
  readonly verified: Bitfield;
  /** One a file: when it was last changed by us, in ns; 0n where we did not. */
  readonly times: BigInt64Array;
  /** What was begun and not noted as done. */
  readonly unfinished: IntentRecord | undefined;
}

/**
 * Reads a journal up to its first torn or damaged record. Undefined when not even its start can be read: then nothing is known.
 */
export function readJournal(journal: Buffer): ResumeRecord | undefined {
  if (!journal.subarray(0, journalMark.length).equals(journalMark)) return undefined;
  let read = decodeRecord(journal, journalMark.length);
  if (read?.record.kind !== "start") return undefined;
  const start: StartRecord = read.record;
  const { verified, times } = start;
  let { isClean } = start;
  let unfinished: IntentRecord | undefined;
  let next = read.next;
  for (read = decodeRecord(journal, next); read; read = decodeRecord(journal, next)) {
    const { record } = read;
    next = read.next;
    isClean = record.kind === "clean";
    if (record.kind === "intent") unfinished = record;
    else if (record.kind === "done") {
      unfinished = undefined;
      for (const piece of record.pieces) if (piece < verified.length) verified.set(piece);
      for (const [file, time] of record.touched) if (file < times.length) times[file] = time;
    }
  }
  // A damaged end hides what came after it, "clean" or an intent.
  if (next !== journal.length) isClean = false;
  const { infohash, boot } = start;
  return { infohash, boot, isClean, verified, times, unfinished };
}
