import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { filesBelow, placeOfFiles } from "../../../../src/live/storage/place-of-files.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { makeTree } from "../../../support/tree.ts";

let folder = "";

beforeEach(async () => {
  folder = await newFolder();
  await makeTree(folder, { "here/all/a/b": 1, "renamed/a/b": 1, "here/one": 1 });
});
afterEach(() => removeFolder(folder));

const fileOf = (...path: string[]) => ({ path, length: 1, offset: 0, isPadding: false });
const many = { name: "all", files: [fileOf("all", "a", "b"), fileOf("all", "c")] };
const single = { name: "one", files: [fileOf("one")] };

/** Where the first file of the torrent is, below the test's folder. */
async function placeOf(torrent: typeof many, path: string): Promise<string> {
  const pathOf = await placeOfFiles(torrent, join(folder, path));
  return pathOf(torrent.files[0] as (typeof many.files)[0]).slice(folder.length + 1);
}

describe("the files of a torrent", () => {
  test("are below the folder that has the torrent's own", async () => {
    expect(await placeOf(many, "here")).toBe(join("here", "all", "a", "b"));
    expect(await placeOf(single, "here")).toBe(join("here", "one"));
  });

  test("are below the torrent's own folder, whatever it is called", async () => {
    expect(await placeOf(many, "here/all")).toBe(join("here", "all", "a", "b"));
    expect(await placeOf(many, "renamed")).toBe(join("renamed", "a", "b"));
  });

  test("may be the one file, whatever it is called", async () => {
    expect(await placeOf(single, "renamed/a/b")).toBe(join("renamed", "a", "b"));
  });

  test("are to be in the folder when a single file is not there", async () => {
    expect(await placeOf(single, "renamed")).toBe(join("renamed", "one"));
  });

  test("are nowhere when there is nothing at the path", async () => {
    await expect(placeOf(many, "nothing")).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("are at their paths below a root", () => {
    expect(filesBelow("root")(fileOf("all", "c"))).toBe(join("root", "all", "c"));
  });
});
