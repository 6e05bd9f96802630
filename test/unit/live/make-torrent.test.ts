import { utimesSync } from "node:fs";
import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { makeTorrent } from "../../../src/live/make-torrent.ts";
import { type ListedFiles, listFiles } from "../../../src/live/storage/list-files.ts";
import type { TorrentFile } from "../../../src/torrent/metainfo.ts";
import { buildOnce } from "../../support/command.ts";
import { newFolder, removeFolder } from "../../support/folders.ts";
import { makeTree } from "../../support/tree.ts";

let folder = "";
let listed: ListedFiles;

beforeAll(buildOnce);
beforeEach(async () => {
  folder = await newFolder();
  await makeTree(folder, { "tree/a": 20_000, "tree/b": 10 });
  listed = await listFiles(join(folder, "tree"));
});
afterEach(() => removeFolder(folder));

describe("a torrent that is made", () => {
  test("says what was hashed, with what the maker adds", async () => {
    let hashed = 0;
    const { metainfo } = await makeTorrent(listed, {
      comment: "ours",
      createdAt: 5,
      onProgress: (bytes) => {
        hashed += bytes;
      },
    });
    expect(metainfo).toMatchObject({
      name: "tree",
      size: 20_010,
      pieceLength: 16_384,
      trackers: [],
      comment: "ours",
      createdAt: 5,
    });
    expect(hashed).toBe(20_010);
  });

  test("is the same in its info for the same files", async () => {
    const [one, other] = [await makeTorrent(listed), await makeTorrent(listed, { comment: "x" })];
    expect(other.metainfo.infohash).toEqual(one.metainfo.infohash);
    expect(other.bytes).not.toEqual(one.bytes);
  });

  test("is not made of more pieces than others load", async () => {
    const large = { ...listed, size: 2 ** 36 };
    await expect(makeTorrent(large, { pieceLength: 2 ** 14 })).rejects.toThrow(
      "Pieces of 16384 bytes would be 4194304, and 2097152 are possible. Choose a larger piece length.",
    );
  });
});

describe("files that change while they are hashed make no torrent:", () => {
  test("listed longer than they are by then", async () => {
    await writeFile(join(folder, "tree/b"), "short");
    await expect(makeTorrent(listed)).rejects.toThrow(/"tree\/b" changed while it was read/);
  });

  test("longer than they were listed", async () => {
    await appendFile(join(folder, "tree/a"), "more");
    await expect(makeTorrent(listed)).rejects.toThrow(/"tree\/a" changed while it was read/);
  });

  test("of the same length, and written since", async () => {
    const path = join(folder, "tree/a");
    const stillListed = { ...listed, pathOf: (file: TorrentFile) => touched(listed.pathOf(file)) };
    let calls = 0;
    // Its first call is for the time before.
    const touched = (whole: string) => {
      if (whole === path && ++calls > 1) utimesSync(path, calls, calls);
      return whole;
    };
    await expect(makeTorrent(stillListed)).rejects.toThrow(/"tree\/a" changed while it was read/);
  });

  test("gone", async () => {
    await rm(join(folder, "tree/b"));
    await expect(makeTorrent(listed)).rejects.toThrow(/"tree\/b" changed while it was read/);
  });
});
