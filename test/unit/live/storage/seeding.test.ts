import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { buildOnce } from "../../../support/command.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { bytesOf, pathIn, spoilByte } from "../../../support/storage-folder.ts";
import { StorageSession } from "../../../support/storage-session.ts";
import { madeTorrent } from "../../../support/stored-torrent.ts";

const PIECE = 65_536;
const made = madeTorrent(
  [{ length: 2 * PIECE }, { length: 0 }, { length: 10 }, { length: PIECE - 10, isPadding: true }],
  PIECE,
);

let directory: string;
beforeAll(buildOnce);
beforeEach(async () => {
  directory = await newFolder();
});
afterEach(() => removeFolder(directory));

const path = (file: number) => pathIn(directory, made, file);

/** All files with bytes, as the user has them. */
function putAll(): void {
  for (const [file, { length, isPadding }] of made.metainfo.files.entries()) {
    if (isPadding || length === 0) continue;
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), bytesOf(made, file));
  }
}

const seed = () => StorageSession.open(made, directory, { seeding: true });

test("files that are there are checked, served, and nothing is written beside them", async () => {
  putAll();
  const session = await seed();
  const { storage } = session;
  expect(storage.have.isComplete).toBe(true);
  expect(storage.resumed).toMatchObject({ trusted: 0, checked: 3, wrong: 0 });
  expect(session.progress.at(-1)).toEqual([3 * PIECE, 3 * PIECE]);
  const last = await storage.load(2, 0, PIECE);
  expect(Buffer.compare(last, made.bytes.subarray(2 * PIECE))).toBe(0);
  await storage.close();
  expect(readdirSync(directory)).toEqual(["torrent"]);
});

test("files that are wrong are found out", async () => {
  putAll();
  spoilByte(path(0), PIECE + 5);
  const { storage } = await seed();
  expect([0, 1, 2].map((piece) => storage.have.has(piece))).toEqual([true, false, true]);
  expect(storage.resumed).toMatchObject({ checked: 2, wrong: 1 });
  await storage.close();
});

test("a file that is not there is named", async () => {
  putAll();
  rmSync(path(2));
  await expect(seed()).rejects.toThrow(
    `${path(2)} is not there. Give the directory that it is in.`,
  );
});

test("what was downloaded here is trusted by its record", async () => {
  const session = await StorageSession.open(made, directory);
  await session.complete();
  await session.storage.close();
  const before = readdirSync(directory);
  const { storage } = await seed();
  expect(storage.resumed).toMatchObject({ trusted: 3, checked: 0 });
  await storage.close();
  expect(readdirSync(directory)).toEqual(before);
  // Two may seed at once, and one may seed what another still downloads.
  const others = [await seed(), await StorageSession.open(made, directory), await seed()];
  for (const other of others) await other.storage.close();
});

test("links are followed: a hash decides what is given away", async () => {
  putAll();
  const folder = await newFolder();
  renameSync(path(0), join(folder, "moved"));
  symlinkSync(join(folder, "moved"), path(0));
  const { storage } = await seed();
  expect(storage.have.isComplete).toBe(true);
  await storage.close();
  await removeFolder(folder);
});

test("a file that is cut while it is seeded ends the session, once, with its name", async () => {
  putAll();
  const session = await seed();
  rmSync(path(0));
  writeFileSync(path(0), "short");
  const loads = [0, 1].map((piece) => session.storage.load(piece, 0, PIECE));
  const ends = await Promise.allSettled(loads);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(session.failures.map(({ message }) => message)).toEqual([
    `${path(0)} was changed by another program while it was shared. Start again: it will be checked.`,
  ]);
  await session.storage.close();
});

test("a file that is changed while it is seeded ends the session when it is read next, whoever opened it", async () => {
  putAll();
  const session = await seed();
  spoilByte(path(0), 3);
  await expect(session.storage.load(0, 0, PIECE)).rejects.toThrow(
    `${path(0)} was changed by another program while it was shared. Start again: it will be checked.`,
  );
  expect(session.failures).toHaveLength(1);
  await session.storage.close();
});

test("a file that is changed after its download is complete is noticed as well", async () => {
  const session = await StorageSession.open(made, directory);
  await session.complete();
  await session.storage.close();
  const again = await StorageSession.open(made, directory);
  spoilByte(path(0), 3);
  await expect(again.storage.load(1, 0, PIECE)).rejects.toThrow("was changed by another program");
  await again.storage.close();
});
