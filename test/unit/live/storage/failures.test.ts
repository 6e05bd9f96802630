import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, renameSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { buildOnce } from "../../../support/command.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { StorageChild } from "../../../support/storage-child.ts";
import { isOnDisk, pathIn, spoilByte } from "../../../support/storage-folder.ts";
import { StorageSession } from "../../../support/storage-session.ts";
import { madeTorrent, singleFile } from "../../../support/stored-torrent.ts";

const PIECE = 65_536;
const made = madeTorrent([{ length: 6 * PIECE }, { length: 2 * PIECE }], PIECE);

let directory: string;
let work: string;
beforeAll(buildOnce);
beforeEach(async () => {
  directory = await newFolder();
  work = await newFolder();
});
afterEach(async () => {
  await removeFolder(directory);
  await removeFolder(work);
});

const path = (file: number) => pathIn(directory, made, file);

/** Has pieces 0 and 6 on the disk, does something to the files, writes piece 1, and returns the failure. */
async function failure(disturb: () => void): Promise<string> {
  const session = await StorageSession.open(made, directory);
  await session.complete([0, 6]);
  disturb();
  session.writePiece(1);
  await session.verdicts(3);
  // More of it changes nothing, and is told no second time.
  session.writePiece(2);
  session.writePiece(3);
  await session.storage.close();
  expect(session.failures).toHaveLength(1);
  return session.failures[0]?.message ?? "";
}

/** What is there when it is opened again; all of it must be right. */
async function kept(torrent = made, folder = directory) {
  const { storage } = await StorageSession.open(torrent, folder);
  await storage.close();
  const pieces = Array.from({ length: storage.have.length }, (_, piece) => piece);
  const had = pieces.filter((piece) => storage.have.has(piece));
  expect(had.filter((piece) => !isOnDisk(folder, torrent, piece))).toEqual([]);
  return { had, ...storage.resumed };
}

describe("while it is downloaded", () => {
  test("a file that another program changes ends the session, and is checked at the next start", async () => {
    expect(await failure(() => spoilByte(path(0), 5))).toBe(
      `${path(0)} was changed by another program while it was downloaded. ` +
        "Keep others away from it, and start again: it will be checked.",
    );
    expect(await kept()).toMatchObject({ had: [6], wrong: 1, changedFiles: [path(0)] });
  });

  test("a file that is deleted ends the session, and the others are kept", async () => {
    expect(await failure(() => rmSync(path(0)))).toBe(
      `${path(0)} was deleted while it was downloaded. ` +
        "Start again: what is missing or changed will be downloaded anew.",
    );
    expect(await kept()).toMatchObject({ had: [6], checked: 0, missingFiles: [path(0)] });
  });

  test("a file that is cut ends the session, and the others are kept", async () => {
    expect(await failure(() => truncateSync(path(0), PIECE))).toContain(
      `${path(0)} was cut or lengthened by another program while it was downloaded. Start again`,
    );
    expect(await kept()).toMatchObject({ had: [0, 6], checked: 1, wrong: 0 });
  });

  test("a file that grows ends the session", async () => {
    expect(await failure(() => appendFileSync(path(0), "x"))).toContain("was cut or lengthened");
  });

  test("a directory that is moved away is not made anew, and goes on in its new place", async () => {
    const session = await StorageSession.open(made, directory);
    await session.complete([0]);
    const moved = join(work, "moved");
    renameSync(directory, moved);
    session.writePiece(1);
    await session.verdicts(2);
    expect(session.failures).toEqual([]); // its files are open
    session.writePiece(7);
    await session.verdicts(3);
    expect(session.failures.map(({ message }) => message)).toEqual([
      `${path(1)} cannot be written: it is not there. Bring it back, or start again: what was verified is kept.`,
    ]);
    await session.storage.close();
    expect(existsSync(directory)).toBe(false);
    rmSync(join(moved, ".torrent.swarmlab.lock")); // whose process, this one, goes on
    expect(await kept(made, moved)).toMatchObject({ had: [0, 1], checked: 0 });
  });
});

test("a limit to the length of files is told, and what was verified is kept", async () => {
  const torrent = singleFile(40 * PIECE, PIECE);
  const child = new StorageChild({ made: torrent, directory, work, maxFile: 1024 });
  await child.ended;
  const last = child.lines.at(-1);
  expect(last).toBe(
    `failed StorageError: ${pathIn(directory, torrent, 0)} cannot be written: files may not be that large here. ` +
      "Raise the limit (ulimit -f), or choose another directory.",
  );
  expect(await kept(torrent)).toMatchObject({ had: [], missingFiles: [] });
});

/** Runs `test` in a small file system of its own, where this process may make one. */
async function onSmallDisk(kib: number, action: (disk: string) => Promise<void>): Promise<void> {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kib}k`, "tmpfs", work], {
      stdio: "ignore",
    });
  } catch {
    console.warn(
      "SKIPPED: only root can mount a small disk, so a full and a read-only one are not tested.",
    );
    return;
  }
  try {
    await action(work);
  } finally {
    execFileSync("umount", ["--lazy", work]);
  }
}

describe("a disk", () => {
  const torrent = singleFile(32 * PIECE, PIECE);

  test("that is full ends the session, and loses nothing that was verified", async () => {
    await onSmallDisk(1024, async (disk) => {
      const session = await StorageSession.open(torrent, disk);
      await session.complete();
      expect(session.failures.map(({ message }) => message)).toEqual([
        `${pathIn(disk, torrent, 0)} cannot be written: the disk is full. ` +
          "Make room and start again: what was verified is kept.",
      ]);
      await session.storage.close();
      const right = session.verified.map(([piece]) => piece);
      execFileSync("mount", ["-o", "remount,size=4096k", disk]);
      const found = await kept(torrent, disk);
      expect(found).toMatchObject({ changedFiles: [] });
      expect(found.had).toEqual(expect.arrayContaining(right));
      expect(found.had.length).toBeGreaterThan(8);
      const again = await StorageSession.open(torrent, disk);
      await again.complete();
      await again.storage.close();
      expect(await kept(torrent, disk)).toMatchObject({ trusted: 32 });
    });
  });

  test("that is read-only is named before anything begins, and can be seeded from", async () => {
    await onSmallDisk(4096, async (disk) => {
      const session = await StorageSession.open(torrent, disk);
      await session.complete();
      await session.storage.close();
      execFileSync("mount", ["-o", "remount,ro", disk]);
      await expect(StorageSession.open(torrent, disk)).rejects.toThrow(
        `${disk} cannot be written: the file system is read-only. Mount it writable, or choose another directory.`,
      );
      const { storage } = await StorageSession.open(torrent, disk, { seeding: true });
      expect(storage.resumed).toMatchObject({ trusted: 32, checked: 0 });
      await storage.close();
    });
  });
});
