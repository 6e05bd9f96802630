import { appendFile, open, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { main } from "../../../../src/cli/program.ts";
import { encodeBencode } from "../../../../src/core/bencode.ts";
import { buildOnce } from "../../../support/command.ts";
import { FakeTerminal } from "../../../support/fake-terminal.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { makeTree } from "../../../support/tree.ts";

let folder = "";
let tree = "";
let torrent = "";
let terminal = new FakeTerminal();

beforeAll(buildOnce);
beforeEach(async () => {
  folder = await newFolder();
  tree = join(folder, "tree");
  torrent = join(folder, "tree.torrent");
  terminal = new FakeTerminal();
  // Pieces of 16 KiB: the first two are of `a` alone, the third is of `a`, `b/c` and `d`.
  await makeTree(tree, { a: 40_000, "b/c": 50, "b/zero": 0, d: 40_000 });
  expect(await main(["torrent", "create", tree, "-o", torrent, "--quiet"], terminal)).toBe(0);
});
afterEach(() => removeFolder(folder));

function verify(path: string, ...options: string[]): Promise<number> {
  return main(["torrent", "verify", torrent, path, ...options], terminal);
}

/** States of the files that are not right, by their names. */
async function states(): Promise<Record<string, string>> {
  expect(await verify(folder, "--json")).toBe(3);
  const { files, complete } = JSON.parse(terminal.printed) as {
    files: { path: string; state: string }[];
    complete: boolean;
  };
  expect(complete).toBe(false);
  const wrong = files.filter(({ state }) => state !== "right");
  return Object.fromEntries(wrong.map(({ path, state }) => [path, state]));
}

async function change(name: string, at: number): Promise<void> {
  const file = await open(join(tree, name), "r+");
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] as number) ^ 1;
  await file.write(byte, 0, 1, at);
  await file.close();
}

describe("`sim torrent verify`", () => {
  test("ends with 0 when all is there", async () => {
    expect(await verify(folder)).toBe(0);
    expect(terminal.printed).toBe(
      `tree in ${folder}\nComplete: 5 of 5 pieces are right (100.0 %).\n`,
    );
    expect(terminal.errors).toBe("");
  });

  test("finds the files in the folder itself too, whatever it is called", async () => {
    expect(await verify(tree)).toBe(0);
    await rename(tree, join(folder, "other"));
    expect(await verify(join(folder, "other"))).toBe(0);
  });

  test("finds a single file by its folder, and under another name", async () => {
    torrent = join(folder, "d.torrent");
    await main(["torrent", "create", join(tree, "d"), "-o", torrent, "--quiet"], terminal);
    expect(await verify(tree)).toBe(0);
    await rename(join(tree, "d"), join(tree, "e"));
    expect(await verify(join(tree, "e"))).toBe(0);
    expect(await verify(tree)).toBe(3);
  });

  test("says what is not right, and ends with 3", async () => {
    await rm(join(tree, "b/zero"));
    await change("a", 20_000);
    await truncate(join(tree, "d"), 30_000);
    expect(await verify(folder)).toBe(3);
    expect(terminal.printed).toBe(`tree in ${folder}
Not complete: 3 of 5 pieces are right (60.0 %).

File                is   on disk  should be  pieces right
tree/a           wrong  39.1 KiB   39.1 KiB        2 of 3
tree/b/zero    missing         –        0 B        0 of 0
tree/d       too short  29.3 KiB   39.1 KiB        2 of 3
`);
  });

  test("blames no file for a piece that it shares with a missing one", async () => {
    await rm(join(tree, "b/c"));
    expect(await states()).toEqual({
      "tree/a": "unknown",
      "tree/b/c": "missing",
      "tree/d": "unknown",
    });
  });

  test("blames all files of a piece that is wrong", async () => {
    await change("b/c", 7);
    expect(await states()).toEqual({ "tree/a": "wrong", "tree/b/c": "wrong", "tree/d": "wrong" });
  });

  test("counts pieces that are right, wrong and missing", async () => {
    await change("a", 0);
    await truncate(join(tree, "d"), 39_999);
    expect(await verify(folder, "--json")).toBe(3);
    expect(JSON.parse(terminal.printed)).toMatchObject({
      name: "tree",
      infohash: expect.stringMatching(/^[0-9a-f]{40}$/),
      path: folder,
      pieces: { total: 5, right: 3, wrong: 1, missing: 1 },
    });
  });

  test("takes a file that is too long for right, and says so", async () => {
    await appendFile(join(tree, "d"), "more");
    expect(await verify(folder)).toBe(0);
    expect(terminal.printed).toMatch(/^Complete: 5 of 5.*\n\nFile.*\ntree\/d {2}too long /m);
  });

  test("misses an empty file that is not there", async () => {
    await rm(join(tree, "b/zero"));
    expect(await states()).toEqual({ "tree/b/zero": "missing" });
  });

  test("prints nothing when it shall be quiet", async () => {
    await rm(join(tree, "a"));
    expect(await verify(folder, "--quiet")).toBe(3);
    expect([terminal.printed, terminal.errors]).toEqual(["", ""]);
  });

  test("ends with 2 when there is nothing at the path, or no torrent file", async () => {
    const path = join(folder, "nothing");
    expect(await verify(path)).toBe(2);
    expect(terminal.errors).toBe(`${path} cannot be read: there is no such file.\n`);
    expect(await main(["torrent", "verify", path], terminal)).toBe(2);
  });

  test("ends with 130 by Ctrl-C", async () => {
    const [length, pieceLength] = [50 * 2 ** 30, 2 ** 24];
    await truncate(join(tree, "a"), length); // takes no room, and a minute to hash
    torrent = join(folder, "large.torrent");
    const pieces = new Uint8Array((20 * length) / pieceLength);
    const info = { name: "a", length, "piece length": pieceLength, pieces };
    await writeFile(torrent, encodeBencode({ info }));
    const before = process.listenerCount("SIGINT");
    const verifying = verify(tree);
    while (process.listenerCount("SIGINT") === before) await wait(1);
    process.emit("SIGINT", "SIGINT");
    expect(await verifying).toBe(130);
    expect(terminal.errors).toBe("Interrupted.\n");
  });
});
