import { chmod, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { main } from "../../../../src/cli/program.ts";
import { buildOnce } from "../../../support/command.ts";
import { FakeTerminal } from "../../../support/fake-terminal.ts";
import { file, newFolder, removeFolder, tinyScenario } from "../../../support/folders.ts";

let folder = "";
let scenario = "";
let out = "";
let terminal = new FakeTerminal();

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
  const crowd = tinyScenario.replace("count: 2,", "count: 8, arrive: { within: 20 s },");
  scenario = await file(folder, "tiny.yaml", crowd);
}, 180_000);

afterAll(() => removeFolder(folder));

beforeEach(async () => {
  terminal = new FakeTerminal();
  out = join(folder, "out");
  await rm(out, { recursive: true, force: true });
});

function compare(...options: string[]): Promise<number> {
  return main(["compare", scenario, "--out", out, "--no-report", ...options], terminal);
}

async function jsonOf(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(out, name), "utf8")) as Record<string, unknown>;
}

/** The lines of a CSV, as objects. */
async function rowsOf(name: string): Promise<Record<string, string>[]> {
  const text = await readFile(join(out, name), "utf8");
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const keys = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(keys.map((key, at) => [key, cells[at] ?? ""]));
  });
}

describe("bad input costs one message, exit code 2, and nothing runs:", () => {
  test.each([
    ["nothing to compare", [], /^There is nothing to compare\. Give --choker/],
    ["an unknown choker", ["--choker", "tit-for-tat,tit-for-tta"], /Did you mean "tit-for-tat"/],
    ["an unknown picker", ["--picker", "rarest"], /^--picker rarest: There is no picker/],
    ["an unknown class", ["--choker", "none", "--for", "hom"], /no class "hom"\. Classes: origin/],
    ["--for without a strategy", ["--vary", "torrent.size=1 MiB", "--for", "home"], /^--for says/],
    [
      "a path that is not there",
      ["--vary", "peers.home.uplaod=1 Mbit/s"],
      /^--vary peers\.home\.uplaod=1 Mbit\/s: peers\.home\.uplaod: unknown key\. Did you mean "upload"/,
    ],
    [
      "a value that cannot be, by the variant that has it",
      ["--choker", "none", "--vary", "peers.home.count=3,-3"],
      /^--vary peers\.home\.count=-3: peers\.home\.count: /,
    ],
    [
      "a module that is not there",
      ["--choker", "./nowhere.ts"],
      /^--choker \.\/nowhere\.ts: .*There is no/,
    ],
    ["an option that there is not", ["--choker", "{ name: none, options: { x: 1 } }"], /^--choker/],
    ["zero seeds", ["--choker", "none", "--seeds", "0"], /^--seeds 0: must be a whole number/],
    ["half a seed", ["--choker", "none", "--seeds", "1.5"], /^--seeds 1\.5: must be a whole/],
    ["no jobs", ["--choker", "none", "--jobs", "0"], /^--jobs 0: must be a whole number/],
  ])("%s", async (_, options, message) => {
    expect(await compare(...options)).toBe(2);
    expect(terminal.errors).toMatch(message);
    expect(terminal.printed).toBe("");
    expect((await readdir(folder)).filter((name) => name === "out")).toEqual([]);
  });

  test("a directory that holds something else, and one that is a file", async () => {
    await mkdir(out);
    await file(out, "thesis.txt", "");
    expect(await compare("--choker", "none")).toBe(2);
    expect(terminal.errors).toMatch(/holds files that are not of a comparison/);
    expect(await main(["compare", scenario, "--choker", "none", "--out", scenario], terminal)).toBe(
      2,
    );
    expect(terminal.errors).toMatch(/is a file\. Name a directory/);
  });

  test("a directory that cannot be written", async () => {
    await mkdir(out);
    await chmod(out, 0o500);
    const isRoot = process.getuid?.() === 0; // whom no mode keeps out
    const path = isRoot ? "/proc/swarmlab" : join(out, "inside");
    const code = await main(["compare", scenario, "--choker", "none", "--out", path], terminal);
    await chmod(out, 0o700);
    expect(code).toBe(2);
    expect(terminal.errors).toMatch(/cannot be (made|written)/);
  });
});

test("a strategy that fails is named with the variant and the seed of the run in which it did", async () => {
  const module = await file(
    folder,
    "picky.js",
    `export const choker = {
      create: (options, { snubTime }) => ({
        choose({ candidates, slots, random }) {
          if (snubTime === 61000 && random.next() < 0.01) throw new RangeError("no more");
          return candidates.slice(0, slots).map((peer) => ({ peer }));
        },
      }),
    };`,
  );
  const vary = "peers.home.settings.snubTime=1 min,61 s";
  const options = ["--choker", `random,${module}`, "--vary", vary, "--seeds", "2"];
  expect(await compare(...options)).toBe(2);
  expect(terminal.errors).toMatch(
    /^picky \+ snubTime=61 s, seed [56]: Choker "picky" of home\/\d, at [\d.]+ s, choose\(\): threw RangeError: no more/,
  );
});

describe("`sim compare`", () => {
  test("gives all variants the same peers: arrivals and links are those of the seed", async () => {
    expect(await compare("--choker", "tit-for-tat,none,random", "--seeds", "2")).toBe(0);
    const rows = await rowsOf("peers.csv");
    const peers = (variant: string, seed: string) =>
      rows
        .filter((row) => row.variant === variant && row.seed === seed)
        .map(({ peer, arrivedSeconds, uploadCapacityBytesPerSecond }) => {
          return { peer, arrivedSeconds, uploadCapacityBytesPerSecond };
        });
    expect(peers("tit-for-tat", "5")).toHaveLength(9);
    for (const seed of ["5", "6"]) {
      expect(peers("none", seed)).toEqual(peers("tit-for-tat", seed));
      expect(peers("random", seed)).toEqual(peers("tit-for-tat", seed));
    }
    expect(peers("none", "6")).not.toEqual(peers("none", "5"));
  });

  test("runs each as `sim run` would, with as many jobs as one likes", async () => {
    expect(await compare("--picker", "sequential,random", "--seeds", "2", "--jobs", "1")).toBe(0);
    const { cells } = (await jsonOf("manifest.json")) as { cells: { digest: string }[] };
    const single = new FakeTerminal();
    const options = ["--json", "--no-report", "--seed", "6", "--set", "peers.*.picker=random"];
    await main(["run", scenario, "--out", join(folder, "single"), ...options], single);
    const { digest } = JSON.parse(single.printed) as { digest: string };
    expect(cells.map((cell) => cell.digest)).toContain(digest);
    await rm(out, { recursive: true });
    expect(await compare("--picker", "sequential,random", "--seeds", "2", "--jobs", "4")).toBe(0);
    expect((await jsonOf("manifest.json")).cells).toEqual(cells);
  });

  test("finds the runs that are there, and comes to the same numbers", async () => {
    const options = ["--vary", "peers.home.upload=1 Mbit/s,2 Mbit/s", "--seeds", "3", "--json"];
    expect(await compare(...options)).toBe(0);
    const first = terminal.printed;
    const [cell = ""] = await readdir(join(out, "cells"));
    await rm(join(out, "cells", cell));
    terminal = new FakeTerminal();
    expect(await compare(...options)).toBe(0);
    expect(terminal.errors).toMatch(/^5 runs found in .*out\.\n$/);
    expect(terminal.printed).toBe(first);
  });

  test("runs anew what has changed, be it the scenario or a module of the user's", async () => {
    const module = await file(folder, "mine.js", "export const choose = () => [];");
    const options = ["--choker", `random,${module}`, "--seeds", "1"];
    expect(await compare(...options)).toBe(0);
    await file(
      folder,
      "mine.js",
      "export const choose = ({ candidates }) => candidates.slice(0, 1).map((peer) => ({ peer }));",
    );
    expect(await compare(...options)).toBe(0);
    expect(terminal.errors).toMatch(/^1 run found/);
    terminal = new FakeTerminal();
    expect(await compare(...options, "--set", "peers.home.count=7")).toBe(0);
    expect(terminal.errors).toBe("");
  });

  test("writes every number once, a line each, and the same as JSON", async () => {
    expect(await compare("--choker", "tit-for-tat,none", "--seeds", "2", "--json")).toBe(0);
    const rows = await rowsOf("comparison.csv");
    const printed = JSON.parse(terminal.printed) as {
      variants: { groups: Record<string, { perSeed: Record<string, number | null>[] }> }[];
    };
    expect(await jsonOf("comparison.json")).toEqual(printed);
    const [median] = rows.filter(
      (row) =>
        row.variant === "none" &&
        row.seed === "6" &&
        row.group === "home" &&
        row.measure === "medianSeconds",
    );
    const expected = printed.variants[1]?.groups.home?.perSeed[1]?.medianSeconds;
    expect(Number(median?.value)).toBeCloseTo(expected ?? Number.NaN, 5);
    const keys = rows.map(({ variant, seed, group, measure }) =>
      [variant, seed, group, measure].join(),
    );
    expect(new Set(keys).size).toBe(rows.length);
    expect(rows.filter(({ measure }) => measure === "speedUp")).toHaveLength(4);
  });

  test("goes to a directory of its own where none is named, the same for the same command", async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const args = ["compare", scenario, "--choker", "none", "--seeds", "1", "--no-report"];
      expect(await main(args, terminal)).toBe(0);
      expect(await main(args, terminal)).toBe(0);
      expect(await main([...args, "--set", "peers.home.count=3"], terminal)).toBe(0);
      const made = (await readdir("runs")).filter((name) => name.startsWith("tiny-compare-"));
      expect(made).toHaveLength(2);
      expect(terminal.errors).toMatch(/^1 run found in/);
    } finally {
      process.chdir(before);
    }
  });
});
