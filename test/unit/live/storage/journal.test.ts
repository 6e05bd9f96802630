import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Bitfield } from "../../../../src/core/bitfield.ts";
import { Journal } from "../../../../src/live/storage/journal.ts";
import type { JournalRecord, StartRecord } from "../../../../src/live/storage/journal-records.ts";
import { readJournal } from "../../../../src/live/storage/resume-record.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await newFolder();
  path = join(folder, ".torrent.swarmlab");
});
afterEach(() => removeFolder(folder));

const infohash = Uint8Array.from({ length: 20 }, (_, i) => i * 11);

function start(pieces: readonly number[] = []): StartRecord {
  const verified = new Bitfield(20);
  for (const piece of pieces) verified.set(piece);
  const times = BigInt64Array.from([0n, 1_764_000_000_123_456_789n]);
  return { kind: "start", infohash, boot: "this one", isClean: false, verified, times };
}

const intent: JournalRecord = { kind: "intent", at: 1_764_000_000_000.5, pieces: [3, 19] };
const done: JournalRecord = { kind: "done", pieces: [3, 19], touched: [[0, 77n]] };

function piecesOf(bytes: Buffer): number[] {
  const verified = readJournal(bytes)?.verified ?? new Bitfield(0);
  return Array.from({ length: verified.length }, (_, i) => i).filter((i) => verified.has(i));
}

describe("a journal", () => {
  test("says what was noted in it", () => {
    const journal = Journal.begin(path, start([1]));
    journal.add(intent);
    expect(Journal.read(path)?.unfinished).toEqual(intent);
    journal.add(done);
    const read = Journal.read(path);
    expect(read).toMatchObject({ boot: "this one", isClean: false, unfinished: undefined });
    expect(Buffer.from(read?.infohash ?? [])).toEqual(Buffer.from(infohash));
    expect([...(read?.times ?? [])]).toEqual([77n, 1_764_000_000_123_456_789n]);
    expect(piecesOf(readFileSync(path))).toEqual([1, 3, 19]);
    journal.addAndFlush({ kind: "clean" });
    expect(Journal.read(path)?.isClean).toBe(true);
    journal.add(intent);
    expect(Journal.read(path)?.isClean).toBe(false);
    journal.close();
  });

  test("stands as it was until the new one is there in whole", () => {
    Journal.begin(path, start([1])).close();
    writeFileSync(`${path}.new`, "left by a process that was killed while it wrote");
    Journal.begin(path, start([2])).close();
    expect(piecesOf(readFileSync(path))).toEqual([2]);
  });

  test("is good up to where it is cut, wherever that is", () => {
    const journal = Journal.begin(path, start([1]));
    const lengths = [readFileSync(path).length];
    for (const record of [intent, done]) {
      journal.add(record);
      lengths.push(readFileSync(path).length);
    }
    journal.close();
    const bytes = readFileSync(path);
    for (let end = 0; end <= bytes.length; end++) {
      const read = readJournal(bytes.subarray(0, end));
      if (end < (lengths[0] as number)) expect(read).toBeUndefined();
      else if (end < (lengths[1] as number)) expect(read?.unfinished).toBeUndefined();
      else if (end < (lengths[2] as number)) expect(read?.unfinished).toEqual(intent);
      const pieces = end === bytes.length ? [1, 3, 19] : [1];
      if (read !== undefined) expect(piecesOf(bytes.subarray(0, end))).toEqual(pieces);
    }
  });

  test("is good up to a byte that is not what it was, and not clean then", () => {
    const journal = Journal.begin(path, start([1]));
    const length = readFileSync(path).length;
    journal.add(done);
    journal.addAndFlush({ kind: "clean" });
    journal.close();
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] as number) ^ 0x40;
      const read = readJournal(damaged);
      if (at < length) expect(read).toBeUndefined();
      else expect(read?.isClean).toBe(false);
    }
  });

  test("is not clean when bytes of nothing follow, as after a power cut", () => {
    const journal = Journal.begin(path, start([1]));
    journal.addAndFlush({ kind: "clean" });
    journal.close();
    appendFileSync(path, Buffer.alloc(100));
    expect(Journal.read(path)).toMatchObject({ isClean: false });
  });

  test("that is not there, or not yet written, says nothing", () => {
    expect(Journal.read(path)).toBeUndefined();
    Journal.begin(path, start()).close();
    truncateSync(path, 0);
    expect(Journal.read(path)).toBeUndefined();
  });

  test("is not taken for one when the user has a file of that name", () => {
    writeFileSync(path, "my own");
    expect(() => Journal.read(path)).toThrow(`${path} is not a resume record`);
  });
});
