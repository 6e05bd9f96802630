import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { listFiles } from "../../../../src/live/storage/list-files.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";

let folder = "";
let tree = "";

beforeEach(async () => {
  folder = await newFolder();
  tree = join(folder, "tree");
  await mkdir(tree);
});
afterEach(() => removeFolder(folder));

/** Makes files below the tree, of as many bytes as their names have letters. */
async function make(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(tree, path, ".."), { recursive: true });
    await writeFile(join(tree, path), path);
  }
}

const pathsOf = async (path = tree, without?: string) =>
  (await listFiles(path, without)).files.map((file) => file.path.join("/"));

describe("the files that a torrent is made of", () => {
  test("are in the order of their bytes, name by name, hidden ones too", async () => {
    // A dot comes before a slash, and the last is beyond 16 bits: neither texts nor whole paths would be in this order.
    await make("b", "a.x", "a/b", "B", ".hidden", "\uffee", "\u{1f600}");
    expect(await pathsOf()).toEqual(
      [".hidden", "B", "a/b", "a.x", "b", "\uffee", "\u{1f600}"].map((path) => `tree/${path}`),
    );
  });

  test("lie one after another, empty ones too", async () => {
    await make("aa", "b/c");
    await writeFile(join(tree, "ab"), "");
    const { name, files, size, emptyFolders, pathOf } = await listFiles(`${tree}/`);
    expect(files.map(({ length, offset }) => [length, offset])).toEqual([
      [2, 0],
      [0, 2],
      [3, 2],
    ]);
    expect([name, size, emptyFolders]).toEqual(["tree", 5, 0]);
    expect(files.map(pathOf)).toEqual(["aa", "ab", "b/c"].map((path) => join(tree, path)));
  });

  test("may be a single one", async () => {
    await make("one");
    const { name, files, pathOf } = await listFiles(join(tree, "one"));
    expect([name, files.map(({ path }) => path)]).toEqual(["one", [["one"]]]);
    expect(files.map(pathOf)).toEqual([join(tree, "one")]);
  });

  test("are without the one that is left out", async () => {
    await make("a", "b/a", "b/c");
    expect(await pathsOf(tree, join(tree, "b/a"))).toEqual(["tree/a", "tree/b/c"]);
  });

  test("do not tell of empty folders, which are counted", async () => {
    await make("a");
    await mkdir(join(tree, "empty/within"), { recursive: true });
    expect((await listFiles(tree)).emptyFolders).toBe(1);
  });
});

describe("no torrent is made of", () => {
  test("an empty folder, or empty files alone", async () => {
    await expect(listFiles(tree)).rejects.toThrow(/tree" has no files in it/);
    await writeFile(join(tree, "a"), "");
    await expect(listFiles(tree)).rejects.toThrow(/only empty files/);
  });

  test("symbolic links", async () => {
    await make("a");
    await symlink("a", join(tree, "link"));
    await expect(listFiles(tree)).rejects.toThrow(/link" is a symbolic link/);
  });

  test("what is neither a file nor a folder", async () => {
    if (process.platform === "win32") return;
    execFileSync("mkfifo", [join(tree, "pipe")]);
    await expect(listFiles(tree)).rejects.toThrow(/pipe" is neither a file nor a folder/);
  });

  test("names that not every system can have", async () => {
    await make("sub/aux.c");
    await expect(listFiles(tree)).rejects.toThrow(
      '"tree/sub/aux.c" "aux.c" is a device\'s on Windows. Rename it, or leave it out.',
    );
  });

  test("names that are no text", async () => {
    if (process.platform !== "linux") return;
    await writeFile(Buffer.concat([Buffer.from(`${tree}/a`), Buffer.from([0xe9])]), "x");
    await expect(listFiles(tree)).rejects.toThrow(/name that is not UTF-8/);
  });
});
