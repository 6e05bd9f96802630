import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { isInputError } from "../../../../src/cli/exit-codes.ts";
import { StorageError } from "../../../../src/live/storage/storage-error.ts";
import { buildOnce } from "../../../support/command.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { StorageChild } from "../../../support/storage-child.ts";
import { bytesOf, pathIn } from "../../../support/storage-folder.ts";
import { StorageSession } from "../../../support/storage-session.ts";
import { madeTorrent } from "../../../support/stored-torrent.ts";

const PIECE = 65_536;
const made = madeTorrent([{ length: 2 * PIECE }, { length: PIECE + 10 }], PIECE);

let directory: string;
let other: string;
beforeAll(buildOnce);
beforeEach(async () => {
  directory = realpathSync(await newFolder());
  other = realpathSync(await newFolder());
});
afterEach(async () => {
  await removeFolder(directory);
  await removeFolder(other);
});

const path = (file: number) => pathIn(directory, made, file);

/** What opening ends with; it must leave no lock. */
async function refusal(options = {}, torrent = made): Promise<string> {
  const error = await StorageSession.open(torrent, directory, options).then(
    async ({ storage }) => {
      await storage.close();
      return undefined;
    },
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(StorageError);
  expect(isInputError(error)).toBe(true);
  expect(existsSync(join(directory, ".torrent.swarmlab.lock"))).toBe(false);
  return (error as StorageError).message;
}

/** Writes something where a file of the torrent goes. */
function put(file: number, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), bytes);
}

describe("a download is refused", () => {
  test("when a file is longer than in the torrent, and leaves it so", async () => {
    put(1, Buffer.alloc(PIECE + 11));
    expect(await refusal()).toBe(
      `${path(1)} has 65547 bytes, and 65546 in the torrent. Move it away, or choose another directory.`,
    );
    expect(readFileSync(path(1))).toHaveLength(PIECE + 11);
  });

  test("when a directory is where a file goes", async () => {
    mkdirSync(path(0), { recursive: true });
    expect(await refusal()).toContain(`${path(0)} is a directory, and a file in the torrent. Move`);
  });

  test("when a file is where a directory goes", async () => {
    writeFileSync(join(directory, "torrent"), "x");
    expect(await refusal()).toContain("a part of its path is a file. Move that file away");
  });

  test("when all that is there belongs to something else, and leaves that as it was", async () => {
    put(0, "letters to my mother");
    expect(await refusal()).toBe(
      `${path(0)} is there already, and nothing in it belongs to this torrent. Move it away, or choose another directory.`,
    );
    expect(readFileSync(path(0), "utf8")).toBe("letters to my mother");
    expect(readdirSync(directory)).toEqual(["torrent"]);
  });

  test("when another torrent of that name is there", async () => {
    const first = await StorageSession.open(made, directory);
    await first.complete();
    await first.storage.close();
    const second = madeTorrent([{ length: 2 * PIECE }, { length: PIECE }], PIECE, 2);
    expect(await refusal({}, second)).toContain(
      `${join(directory, "torrent")} belongs to another torrent of that name, with infohash `,
    );
    expect(readFileSync(path(0)).equals(bytesOf(made, 0))).toBe(true);
  });

  test("when the directory is none, and says which", async () => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, "x");
    const opening = StorageSession.open(made, directory);
    await expect(opening).rejects.toThrow(`${directory} cannot be written: a part of its path is`);
  });

  test("where nobody may write", async () => {
    const opening = StorageSession.open(made, "/proc/swarmlab");
    await expect(opening).rejects.toThrow("/proc/swarmlab cannot be written: ");
  });
});

describe("links in a download directory", () => {
  test("are refused when a directory's leads out of it", async () => {
    mkdirSync(join(directory, "torrent"));
    symlinkSync(other, join(directory, "torrent", "d0"));
    expect(await refusal()).toBe(
      `${dirname(path(0))} leads out of the download directory, to ${other}. ` +
        "Replace the link by a directory or file, or choose another directory.",
    );
    expect(readdirSync(other)).toEqual([]);
  });

  test("are refused when a file's leads out of it, and are not followed", async () => {
    writeFileSync(join(other, "precious"), "p");
    mkdirSync(dirname(path(0)), { recursive: true });
    symlinkSync(join(other, "precious"), path(0));
    expect(await refusal()).toContain(`${path(0)} leads out of the download directory`);
    expect(readFileSync(join(other, "precious"), "utf8")).toBe("p");
  });

  test("are refused when a file's leads nowhere", async () => {
    mkdirSync(dirname(path(0)), { recursive: true });
    symlinkSync(join(other, "nothing"), path(0));
    expect(await refusal()).toContain(`${path(0)} is a link to what is not there. Delete the link`);
    expect(readdirSync(other)).toEqual([]);
  });

  test("are refused when they come while it runs", async () => {
    const session = await StorageSession.open(made, directory);
    mkdirSync(join(directory, "torrent"));
    symlinkSync(other, join(directory, "torrent", "d1"));
    session.writePiece(0);
    session.writePiece(2);
    await session.verdicts(2);
    expect(session.failures.map(({ message }) => message)).toEqual([
      expect.stringContaining("leads out of the download directory") as unknown,
    ]);
    await session.storage.close();
    expect(readdirSync(other)).toEqual([]);
  });

  test("are followed when they stay within, and on the way to it", async () => {
    mkdirSync(join(directory, "torrent", "elsewhere"), { recursive: true });
    symlinkSync("elsewhere", join(directory, "torrent", "d0"));
    const way = join(other, "way");
    symlinkSync(directory, way);
    const session = await StorageSession.open(made, way);
    await session.complete();
    expect(session.failures).toEqual([]);
    await session.storage.close();
    expect(readFileSync(join(directory, "torrent", "elsewhere", "f0"))).toHaveLength(2 * PIECE);
  });
});

describe("two on one download", () => {
  test("are one too many: the second is refused, and the first goes on", async () => {
    const first = await StorageSession.open(made, directory);
    const second = StorageSession.open(made, directory);
    await expect(second).rejects.toThrow(
      `${join(directory, "torrent")} is being downloaded by process ${process.pid}. Stop that one`,
    );
    const child = new StorageChild({ made, directory, work: other });
    expect(await child.said("refused")).toContain("StorageError");
    await child.ended;
    await first.complete();
    expect(first.failures).toEqual([]);
    await first.storage.close();
  });

  test("are none when the first was killed", async () => {
    const child = new StorageChild({ made, directory, work: other, isEndless: true, pace: 1 });
    await child.said("opened");
    expect(existsSync(join(directory, ".torrent.swarmlab.lock"))).toBe(true);
    await child.kill();
    expect(existsSync(join(directory, ".torrent.swarmlab.lock"))).toBe(true);
    const { storage } = await StorageSession.open(made, directory);
    await storage.close();
    expect(existsSync(join(directory, ".torrent.swarmlab.lock"))).toBe(false);
  });
});

test("files that this file system takes for one are refused rather than mixed up", async () => {
  const session = await StorageSession.open(made, directory);
  session.writePiece(0);
  await session.verdicts(1);
  // As if f0 and f1 had names that differ by case alone, where case does not count.
  mkdirSync(dirname(path(1)), { recursive: true });
  renameSync(path(0), path(1));
  session.writePiece(2);
  await session.verdicts(2);
  expect(session.failures.map(({ message }) => message)).toEqual([
    `${path(1)} was not there when the download began, and now is. Move it away, and start again.`,
  ]);
  await session.storage.close();
});
