import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Bitfield } from "../../../../src/core/bitfield.ts";
import { Journal } from "../../../../src/live/storage/journal.ts";
import type { StartRecord } from "../../../../src/live/storage/journal-records.ts";
import { thisBoot } from "../../../../src/live/storage/this-boot.ts";
import { buildOnce } from "../../../support/command.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { bytesOf, isOnDisk, pathIn, spoilByte, touch } from "../../../support/storage-folder.ts";
import { StorageSession } from "../../../support/storage-session.ts";
import { madeTorrent } from "../../../support/stored-torrent.ts";

const PIECE = 65_536;
/** Pieces 0 to 3, 4 to 5 and part of 6, the rest of 6 with 7. */
const made = madeTorrent(
  [{ length: 4 * PIECE }, { length: 2.5 * PIECE }, { length: 1.5 * PIECE }],
  PIECE,
);
const all = [0, 1, 2, 3, 4, 5, 6, 7];

let directory: string;
beforeAll(buildOnce);
beforeEach(async () => {
  directory = await newFolder();
});
afterEach(() => removeFolder(directory));

const path = (file: number) => pathIn(directory, made, file);
const journal = () => join(directory, ".torrent.swarmlab");

async function download(pieces: readonly number[]): Promise<void> {
  const session = await StorageSession.open(made, directory);
  await session.complete(pieces);
  await session.storage.close();
}

/** Opens, closes, and says what was there. */
async function resumed() {
  const session = await StorageSession.open(made, directory);
  const { have, resumed } = session.storage;
  const pieces = all.filter((piece) => have.has(piece));
  expect(pieces.filter((piece) => !isOnDisk(directory, made, piece))).toEqual([]);
  await session.storage.close();
  return { pieces, ...resumed };
}

describe("a download that is opened again", () => {
  test("goes on where it was, and reads nothing", async () => {
    await download([0, 2, 6]);
    expect(await resumed()).toEqual({
      pieces: [0, 2, 6],
      ...{
        trusted: 3,
        checked: 0,
        wrong: 0,
        missingFiles: [],
        changedFiles: [],
        hasCrashed: false,
      },
    });
    await download(all);
    expect(await resumed()).toMatchObject({ pieces: all, trusted: 8, checked: 0 });
  });

  test("checks the pieces of a file in which a byte was changed, and no others", async () => {
    await download(all);
    spoilByte(path(1), 100);
    expect(await resumed()).toMatchObject({
      pieces: [0, 1, 2, 3, 5, 6, 7],
      ...{ trusted: 5, checked: 2, wrong: 1, changedFiles: [path(1)] },
    });
    await download([4]);
    expect(await resumed()).toMatchObject({ pieces: all, trusted: 8 });
  });

  test("checks only what it had of a file that was touched", async () => {
    await download([0, 1, 5]);
    touch(path(0));
    expect(await resumed()).toMatchObject({
      pieces: [0, 1, 5],
      ...{ trusted: 1, checked: 2, wrong: 0, changedFiles: [path(0)] },
    });
    expect(await resumed()).toMatchObject({ trusted: 3, checked: 0, changedFiles: [] });
  });

  test("lacks what was cut off", async () => {
    await download(all);
    truncateSync(path(0), 2.5 * PIECE);
    expect(await resumed()).toMatchObject({ pieces: [0, 1, 4, 5, 6, 7], checked: 2, wrong: 0 });
    await download(all);
    expect(await resumed()).toMatchObject({ pieces: all });
  });

  test("lacks a file that is gone, and says which", async () => {
    await download(all);
    rmSync(path(1));
    const missing = { pieces: [0, 1, 2, 3, 7], checked: 0, missingFiles: [path(1)] };
    expect(await resumed()).toMatchObject(missing);
    await download(all);
    expect(await resumed()).toMatchObject({ pieces: all, missingFiles: [] });
  });

  test("takes up what another program downloaded, though it has no record of that", async () => {
    mkdirSync(join(directory, "torrent", "d0"), { recursive: true });
    mkdirSync(join(directory, "torrent", "d1"), { recursive: true });
    writeFileSync(path(0), bytesOf(made, 0).subarray(0, 3 * PIECE));
    spoilByte(path(0), PIECE);
    writeFileSync(path(1), bytesOf(made, 1));
    expect(await resumed()).toMatchObject({
      pieces: [0, 2, 4, 5],
      ...{ trusted: 0, checked: 4, wrong: 1, changedFiles: [] },
    });
    expect(await resumed()).toMatchObject({ pieces: [0, 2, 4, 5], trusted: 4 });
  });

  test("checks everything when its record is lost", async () => {
    await download([1, 4]);
    rmSync(journal());
    expect(await resumed()).toMatchObject({ pieces: [1, 4], trusted: 0, checked: 2 });
  });

  test("checks everything when its record is damaged", async () => {
    await download([1, 4]);
    const bytes = readFileSync(journal());
    bytes[40] = (bytes[40] as number) ^ 1;
    writeFileSync(journal(), bytes);
    expect(await resumed()).toMatchObject({ pieces: [1, 4], trusted: 0, checked: 2 });
  });

  test("may be ended while it checks, and opened again", async () => {
    await download([0]);
    rmSync(journal());
    const abort = new AbortController();
    const onChecking = () => abort.abort();
    const opening = StorageSession.open(made, directory, { signal: abort.signal, onChecking });
    await expect(opening).rejects.toMatchObject({ name: "AbortError" });
    expect(await resumed()).toMatchObject({ pieces: [0] });
  });

  test("says how far the check is", async () => {
    await download(all);
    rmSync(journal());
    const session = await StorageSession.open(made, directory);
    await session.storage.close();
    expect(session.progress[0]).toEqual([0, 8 * PIECE]);
    expect(session.progress.at(-1)).toEqual([8 * PIECE, 8 * PIECE]);
  });
});

/** Replaces the record of a download by one with these words in it. */
function rewrite(change: Partial<StartRecord>): Journal {
  const { infohash, boot, isClean, verified, times } = Journal.read(journal()) as NonNullable<
    ReturnType<typeof Journal.read>
  >;
  return Journal.begin(journal(), {
    ...{ kind: "start", infohash, boot, isClean, verified, times },
    ...change,
  });
}

describe("after the end of the machine", () => {
  test("all is checked that was not flushed", async () => {
    await download(all);
    spoilByte(path(0), 0); // what a power cut may do, which leaves the file's time
    await resumed();
    rewrite({ boot: "another", isClean: false }).close();
    expect(await resumed()).toMatchObject({ trusted: 0, checked: 7, hasCrashed: true });
  });

  test("nothing is that was", async () => {
    await download(all);
    rewrite({ boot: "another", isClean: true }).close();
    expect(await resumed()).toMatchObject({ trusted: 8, checked: 0, hasCrashed: false });
  });

  test("nothing is when it was the process alone that ended", async () => {
    await download(all);
    rewrite({ boot: thisBoot(), isClean: false }).close();
    expect(await resumed()).toMatchObject({ trusted: 8, checked: 0, hasCrashed: false });
  });
});

describe("a process that was killed between a write and its record", () => {
  /** The record says that pieces 0 and 1 are there, and that 2 was being written `ago` ms before the file was changed. */
  async function killed(ago: number): Promise<void> {
    await download([0, 1, 2]);
    const verified = new Bitfield(all.length);
    for (const piece of [0, 1]) verified.set(piece);
    touch(path(0));
    const at = Date.now() - 60_000 - ago;
    const record = rewrite({ verified, isClean: false });
    record.add({ kind: "intent", at, pieces: [2] });
    record.close();
  }

  test("leaves only what it was writing to check", async () => {
    await killed(20);
    expect(await resumed()).toMatchObject({
      pieces: [0, 1, 2],
      trusted: 2,
      checked: 1,
      changedFiles: [],
    });
  });

  test("does not cover a change long after", async () => {
    await killed(10_000);
    expect(await resumed()).toMatchObject({
      pieces: [0, 1, 2],
      ...{ trusted: 0, checked: 3, changedFiles: [path(0)] },
    });
  });

  test("does not cover a change before", async () => {
    await killed(-10_000);
    expect(await resumed()).toMatchObject({ trusted: 0, checked: 3, changedFiles: [path(0)] });
  });
});
