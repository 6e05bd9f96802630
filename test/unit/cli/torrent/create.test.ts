import { existsSync } from "node:fs";
import { chmod, mkdir, open, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { main } from "../../../../src/cli/program.ts";
import { sha1 } from "../../../../src/live/sha1.ts";
import type { Metainfo } from "../../../../src/torrent/metainfo.ts";
import { parseMetainfo } from "../../../../src/torrent/parse-metainfo.ts";
import { buildOnce } from "../../../support/command.ts";
import { FakeTerminal } from "../../../support/fake-terminal.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { makeTree } from "../../../support/tree.ts";

let folder = "";
let tree = "";
let out = "";
let terminal = new FakeTerminal();

beforeAll(buildOnce);
beforeEach(async () => {
  folder = await newFolder();
  tree = join(folder, "tree");
  out = join(folder, "made.torrent");
  terminal = new FakeTerminal();
  await makeTree(tree, { "a.txt": 100, "b/c.bin": 70_000, "b/zero": 0 });
});
afterEach(() => removeFolder(folder));

/** Runs `sim torrent create`. */
function create(path: string, ...options: string[]): Promise<number> {
  return main(["torrent", "create", path, "-o", out, ...options], terminal);
}

const made = async (): Promise<Metainfo> => parseMetainfo(await readFile(out), sha1);

describe("`sim torrent create`", () => {
  test("makes a torrent of a folder, and says of it what there is", async () => {
    expect(await create(tree)).toBe(0);
    const { files, pieceLength, pieceHashes, trackers, isPrivate, createdBy } = await made();
    expect(files.map(({ path, length }) => [path.join("/"), length])).toEqual([
      ["tree/a.txt", 100],
      ["tree/b/c.bin", 70_000],
      ["tree/b/zero", 0],
    ]);
    expect([pieceLength, trackers, isPrivate]).toEqual([16_384, [], false]);
    expect(createdBy).toMatch(/^Swarmlab \d/);
    const [a, c] = [await readFile(join(tree, "a.txt")), await readFile(join(tree, "b/c.bin"))];
    const all = Buffer.concat([a, c]);
    for (let piece = 0; piece < 5; piece++) {
      expect(pieceHashes.slice(20 * piece, 20 * piece + 20)).toEqual(
        sha1(all.subarray(16_384 * piece, 16_384 * (piece + 1))),
      );
    }
    expect(terminal.errors).toBe("");
    expect(terminal.printed).toMatch(
      /^tree\ninfohash {2}[0-9a-f]{40}\nsize {6}68\.5 KiB \(70,100 /,
    );
    expect(terminal.printed).toContain(`Torrent file: ${out}\n`);
  });

  test("makes the infohash that mktorrent 1.1 makes of the same file", async () => {
    const path = join(folder, "vector.bin");
    await writeFile(path, Buffer.alloc(100_000, "swarmlab"));
    expect(await create(path, "--piece-length", "32 KiB", "--json")).toBe(0);
    // mktorrent -l 15 -a http://127.0.0.1/ vector.bin
    expect(JSON.parse(terminal.printed)).toMatchObject({
      infohash: "22ce7e40f91f9c7e11c5ffc696b4a7bb9c4db92e",
    });
    expect(await create(path, "--piece-length", "32 KiB", "--private", "--json", "-f")).toBe(0);
    expect(terminal.printed).toContain('"infohash":"f4a820866a4ad148063708990c6633055850e498"');
  });

  test("has tiers of trackers, a piece length, a comment", async () => {
    const [a, b, c] = ["http://a.example/announce", "https://b.example/x?y=1", "udp://[::1]:6969"];
    const trackers = ["--announce", `${a}, ${b}`, "--announce", c as string];
    const others = ["--piece-length", "1MiB", "--comment", "fünf", "--private"];
    expect(await create(tree, ...trackers, ...others)).toBe(0);
    expect(await made()).toMatchObject({
      trackers: [[a, b], [c]],
      pieceLength: 2 ** 20,
      comment: "fünf",
      isPrivate: true,
    });
  });

  test("prints the same object as `show --json`", async () => {
    expect(await create(tree, "--json")).toBe(0);
    const printed = terminal.printed;
    terminal = new FakeTerminal();
    expect(await main(["torrent", "show", out, "--json"], terminal)).toBe(0);
    expect(terminal.printed).toBe(printed);
  });

  test("prints nothing when it shall be quiet", async () => {
    expect(await create(tree, "--quiet")).toBe(0);
    expect([terminal.printed, terminal.errors]).toEqual(["", ""]);
  });

  test("remarks on empty folders, and on a private torrent without a tracker", async () => {
    await mkdir(join(tree, "empty"));
    expect(await create(tree, "--private")).toBe(0);
    expect(terminal.errors).toMatch(/^1 empty folder left out.*\n.*has no tracker/);
  });

  test("writes NAME.torrent where it is called, and leaves that out when it is in the folder", async () => {
    out = join(tree, "tree.torrent");
    for (const options of [[], ["--force"]]) expect(await create(tree, ...options)).toBe(0);
    expect((await made()).files).toHaveLength(3);
    const there = process.cwd();
    process.chdir(folder);
    try {
      expect(await main(["torrent", "create", relative(folder, tree)], terminal)).toBe(0);
    } finally {
      process.chdir(there);
    }
    expect(existsSync(join(folder, "tree.torrent"))).toBe(true);
  });

  test("replaces a torrent file only when it is told to", async () => {
    await writeFile(out, "mine");
    expect(await create(tree)).toBe(2);
    expect(terminal.errors).toMatch(/is there already.*--force/);
    expect(String(await readFile(out))).toBe("mine");
    expect(await create(tree, "--force")).toBe(0);
    expect((await made()).name).toBe("tree");
  });
});

describe("what no torrent can be made of costs one message, exit code 2 and leaves nothing:", () => {
  const wrong: [string, string[], RegExp][] = [
    [
      "a path with nothing there",
      ["nothing"],
      /nothing cannot be read: there is no such file\.\n$/,
    ],
    ["a size without a unit", ["tree", "--piece-length", "64"], /lacks its unit.*256 KiB/],
    ["pieces of another size", ["tree", "--piece-length", "96 KiB"], /not a power of two/],
    ["pieces of half a byte", ["tree", "--piece-length", "16384.5 B"], /not a power of two/],
    ["pieces that are too short", ["tree", "--piece-length", "8 KiB"], /at least 16 KiB/],
    ["pieces that are too long", ["tree", "--piece-length", "512 MiB"], /at most 256 MiB/],
    ["no tracker", ["tree", "--announce", "tracker"], /"tracker" is not a tracker's URL/],
    ["another protocol", ["tree", "--announce", "ftp://a/"], /not a tracker's URL/],
    ["half a list of trackers", ["tree", "--announce", "http://a/,"], /"" is not a tracker's URL/],
    ["a UDP tracker without a port", ["tree", "--announce", "udp://a"], /lacks its port/],
  ];

  test.each(wrong)("%s", async (_, [path = "", ...options], message) => {
    expect(await create(join(folder, path), ...options)).toBe(2);
    expect(terminal.errors).toMatch(message);
    expect(terminal.printed).toBe("");
    expect(await readdir(folder)).toEqual(["tree"]);
  });

  test("a folder where the torrent file is to be", async () => {
    out = tree;
    expect(await create(tree)).toBe(2);
    expect(terminal.errors).toMatch(/tree is a folder/);
  });

  test("a file that may not be read", async () => {
    const path = join(tree, "a.txt");
    await chmod(path, 0);
    const isRoot = process.getuid?.() === 0; // who may read anything
    expect(await create(tree)).toBe(isRoot ? 0 : 2);
    if (!isRoot) expect(terminal.errors).toMatch(/a\.txt cannot be read: permission denied\.\n$/);
  });
});

test("Ctrl-C ends the hashing, and leaves nothing", async () => {
  const large = join(folder, "large");
  const handle = await open(large, "w");
  await handle.truncate(50 * 2 ** 30); // takes no room, and a minute to hash
  await handle.close();
  const before = process.listenerCount("SIGINT");
  const created = create(large);
  while (process.listenerCount("SIGINT") === before) await wait(5);
  process.emit("SIGINT", "SIGINT");
  expect(await created).toBe(130);
  expect(terminal.errors).toBe("Interrupted. Nothing is written.\n");
  expect((await readdir(folder)).sort()).toEqual(["large", "tree"]);
  expect(process.listenerCount("SIGINT")).toBe(before);
});
