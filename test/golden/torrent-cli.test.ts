import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { buildOnce, sim } from "../support/command.ts";
import { newFolder, removeFolder } from "../support/folders.ts";
import { makeTree } from "../support/tree.ts";

let folder = "";

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
  await makeTree(folder, { "tree/a": 1_000_000, "tree/b/c": 10 });
});
afterAll(() => removeFolder(folder));

test("a torrent is made, shown and verified, each by a process that ends by itself", async () => {
  const created = await sim(["torrent", "create", "tree", "--piece-length", "64 KiB"], folder);
  expect(created).toMatchObject({ code: 0, err: "" });
  expect(created.out).toMatch(
    /^tree\ninfohash {2}[0-9a-f]{40}\n(.+\n)+\nTorrent file: tree.torrent\n$/,
  );
  const shown = await sim(["torrent", "show", "tree.torrent"], folder);
  expect(shown).toMatchObject({ code: 0, err: "" });
  expect(shown.out).toContain("pieces    16 of 64 KiB\n");
  const verified = await sim(["torrent", "verify", "tree.torrent"], folder);
  expect(verified).toMatchObject({ code: 0, err: "" });
  expect(verified.out).toContain("Complete: 16 of 16 pieces are right (100.0 %).");
  await rm(join(folder, "tree/b"), { recursive: true });
  const lacking = await sim(["torrent", "verify", "tree.torrent"], folder);
  expect(lacking).toMatchObject({ code: 3, err: "" });
  expect(lacking.out).toContain("Not complete: 15 of 16 pieces are right (93.7 %).");
});
