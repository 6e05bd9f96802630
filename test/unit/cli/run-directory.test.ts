import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { InputError } from "../../../src/cli/exit-codes.ts";
import { RunDirectory, runName } from "../../../src/cli/run-directory.ts";
import { file, newFolder, removeFolder } from "../../support/folders.ts";
import { manifestOf, runResult } from "../../support/run-results.ts";

let folder = "";
let out = "";

beforeEach(async () => {
  folder = await newFolder();
  out = join(folder, "out");
});

afterEach(() => removeFolder(folder));

/** Writes a run of two files. */
async function writeRun(digest: string, partial = false, path = out): Promise<RunDirectory> {
  const directory = await RunDirectory.create(path, "unused");
  const manifest = manifestOf(runResult([]), { digest, partial });
  await directory.write("manifest.json", JSON.stringify(manifest));
  await directory.write("charts/a.svg", digest);
  return directory;
}

async function keepRun(digest: string, partial = false, path = out) {
  const directory = await writeRun(digest, partial, path);
  const kept = await directory.keep(partial);
  directory.discard();
  return kept;
}

function digestIn(path: string): Promise<string> {
  return readFile(join(path, "charts/a.svg"), "utf8");
}

describe("a run directory", () => {
  test("appears whole, and leaves nothing beside it", async () => {
    const directory = await writeRun("one");
    const before = await readdir(folder);
    expect(before).toHaveLength(1);
    expect(before[0]).toMatch(/^\.out\..*\.tmp$/);
    await directory.keep(false);
    directory.discard();
    expect(await readdir(folder)).toEqual(["out"]);
    expect((await readdir(out)).sort()).toEqual(["charts", "manifest.json"]);
  });

  test("that is discarded leaves nothing", async () => {
    (await writeRun("one")).discard();
    expect(await readdir(folder)).toEqual([]);
  });

  test("is made with the directories above it", async () => {
    await keepRun("one", false, join(folder, "a/b/c"));
    expect(await digestIn(join(folder, "a/b/c"))).toBe("one");
  });

  test("may be an empty directory, as a volume that is mounted there", async () => {
    await mkdir(out);
    const directory = await writeRun("one");
    expect(await readdir(folder)).toEqual(["out"]); // beside it may be nothing to write to
    await directory.keep(false);
    directory.discard();
    expect((await readdir(out)).sort()).toEqual(["charts", "manifest.json"]);
  });

  test("may be a link to a directory, which stays one", async () => {
    await mkdir(join(folder, "real"));
    await symlink(join(folder, "real"), out);
    await keepRun("one");
    expect(await digestIn(join(folder, "real"))).toBe("one");
  });

  test("replaces an older run, and says which, but not the user's own files", async () => {
    await keepRun("one");
    await file(out, "events.ndjson", "of the older run");
    await file(out, "notes.md", "mine");
    const { replaced } = await keepRun("two");
    expect(replaced?.digest).toBe("one");
    expect(await digestIn(out)).toBe("two");
    expect((await readdir(out)).sort()).toEqual(["charts", "manifest.json", "notes.md"]);
  });

  test("never replaces a complete run by a partial one", async () => {
    await keepRun("one");
    const { path, replaced } = await keepRun("part", true);
    expect(replaced).toBeUndefined();
    expect(path.endsWith("out-partial")).toBe(true);
    expect(await digestIn(out)).toBe("one");
    expect(await digestIn(`${out}-partial`)).toBe("part");
  });

  test("replaces a partial run by a partial or a complete one", async () => {
    await keepRun("part", true);
    expect((await keepRun("more", true)).replaced?.digest).toBe("part");
    expect((await keepRun("all")).replaced?.digest).toBe("more");
    expect(await readdir(folder)).toEqual(["out"]);
  });

  test("holds the older run until the new one is kept", async () => {
    await keepRun("one");
    const directory = await writeRun("two");
    expect(await digestIn(out)).toBe("one");
    directory.discard();
    expect((await readdir(out)).sort()).toEqual(["charts", "manifest.json"]);
  });

  test("that somebody else took in the meantime gets a number", async () => {
    const directory = await writeRun("one");
    await mkdir(out);
    await file(out, "theirs.txt", "");
    const { path } = await directory.keep(false);
    expect(path.endsWith("out-2")).toBe(true);
    expect(await readdir(out)).toEqual(["theirs.txt"]);
  });

  test.each([
    ["a file", (path: string) => file(folder, path, ""), /is a file/],
    [
      "a directory of other things",
      async (path: string) => {
        await mkdir(join(folder, path));
        await file(join(folder, path), "thesis.tex", "");
      },
      /holds files that are not of a run/,
    ],
    [
      "a directory with a manifest.json of something else",
      async (path: string) => {
        await mkdir(join(folder, path));
        await file(join(folder, path), "manifest.json", '{"name": "an app"}');
      },
      /holds files that are not of a run/,
    ],
  ])("cannot be %s", async (_, make, message) => {
    await make("out");
    const before = await readdir(folder);
    await expect(RunDirectory.create(out, "unused")).rejects.toThrow(message);
    await expect(RunDirectory.create(out, "unused")).rejects.toThrow(InputError);
    expect(await readdir(folder)).toEqual(before);
  });

  test("below a file is refused with the reason", async () => {
    await file(folder, "out", "");
    await expect(RunDirectory.create(join(out, "run"), "unused")).rejects.toThrow(
      "a part of its path is a file",
    );
  });
});

test.each([
  ["scenarios/flash.yaml", "1", "flash-1"],
  ["my file.YML", "a/../b", "my-file-a-..-b"],
  ["no-ending", "x".repeat(200), `no-ending-${"x".repeat(60)}`],
])("the run of %s with seed %s is called %s", (path, seed, name) => {
  expect(runName(path, seed)).toBe(name);
});
