import { existsSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { makeDirectory } from "../../../src/cli/make-directory.ts";
import { newFolder, removeFolder } from "../../support/folders.ts";

let folder = "";

beforeAll(async () => {
  folder = await newFolder();
});

afterAll(() => removeFolder(folder));

test("makes what is missing of a path, and is content with what is there", async () => {
  const path = join(folder, "a", "b", "c");
  await makeDirectory(path);
  await makeDirectory(path);
  expect((await stat(path)).isDirectory()).toBe(true);
});

test("fails below a file", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(makeDirectory(join(folder, "file", "a"))).rejects.toThrow();
});

test("fails where nothing can be made", async () => {
  // Node's own `recursive` never comes back from /proc, where there is one.
  const hopeless = existsSync("/proc/self")
    ? "/proc/nothing/at/all"
    : join(folder, "file", "a", "b");
  await expect(makeDirectory(hopeless)).rejects.toThrow();
});
