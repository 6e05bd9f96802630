import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { main } from "../../../src/cli/program.ts";
import { FakeTerminal } from "../../support/fake-terminal.ts";
import { file, newFolder, removeFolder, tinyScenario } from "../../support/folders.ts";

let folder = "";
let scenario = "";
let out = "";
let terminal = new FakeTerminal();

beforeEach(async () => {
  folder = await newFolder();
  scenario = await file(folder, "tiny.yaml", tinyScenario);
  out = join(folder, "out");
  terminal = new FakeTerminal();
});

afterEach(() => removeFolder(folder));

const run = (...options: string[]) =>
  main(["run", scenario, "--out", out, "--no-report", ...options], terminal);

/** Without the scenario. */
async function written(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !/\.(yaml|ts)$/.test(name));
}

describe("bad input costs one message, exit code 2 and leaves nothing:", () => {
  test.each([
    [
      "a scenario that is not there",
      ["run", "nowhere.yaml"],
      /^nowhere\.yaml cannot be read: there/,
    ],
    ["a directory for a scenario", ["run", "."], /^\. cannot be read: it is a directory\.\n$/],
    ["an unknown option", ["run", "x.yaml", "--sed", "1"], /unknown option '--sed'/],
    ["an unknown command", ["simulate"], /unknown command 'simulate'/],
    ["no scenario", ["run"], /missing required argument 'file'/],
    [
      "--rechokes without a trace",
      ["run", "x.yaml", "--rechokes"],
      /^--rechokes writes into the trace: give --trace too\.\n$/,
    ],
    [
      "--open without a report",
      ["run", "x.yaml", "--open", "--no-report"],
      /--open needs the report/,
    ],
  ])("%s", async (_, args, message) => {
    expect(await main(args, terminal)).toBe(2);
    expect(terminal.errors).toMatch(message);
    expect(terminal.printed).toBe("");
    expect(await written()).toEqual([]);
  });

  test.each([
    ["an override that is none", ["--set", "seed"], /path=value/],
    ["an override of nothing", ["--set", "peers.hom.count=3"], /hom/],
    ["a value out of range", ["--set", "peers.home.count=-3"], /count/],
    ["an empty seed", ["--seed", ""], /seed/],
    ["an unknown strategy", ["--set", "peers.home.choker=tit-for-tad"], /tit-for-tat/],
  ])("%s", async (_, options, message) => {
    expect(await run(...options)).toBe(2);
    expect(terminal.errors).toMatch(message);
    expect(await written()).toEqual([]);
  });

  test("a strategy that throws in the middle of a run, by its name, peer and time", async () => {
    await file(
      folder,
      "quitter.ts",
      `let rounds = 0;
      export function choose(round: { neighbours: { number: number }[] }) {
        if (++rounds > 3) throw new RangeError("no more");
        return round.neighbours.slice(0, 1).map((peer) => ({ peer }));
      }`,
    );
    expect(await run("--set", "peers.home.choker=./quitter.ts", "--trace")).toBe(2);
    expect(terminal.errors).toMatch(/"quitter" of home\/\d, at [\d.]+ s, .*RangeError: no more/);
    expect(await written()).toEqual([]);
  });

  test("a rate that is not a number", async () => {
    await file(
      folder,
      "nan.ts",
      `export const choose = (round: { neighbours: object[] }) =>
        round.neighbours.slice(0, 1).map((peer) => ({ peer, rate: 0 / 0 }));`,
    );
    expect(await run("--set", "peers.home.choker=./nan.ts")).toBe(2);
    expect(terminal.errors).toMatch(/"nan" of home\/\d, at [\d.]+ s, .*NaN/);
    expect(await written()).toEqual([]);
  });
});

describe("`sim run`", () => {
  test("prints a table and where the files are", async () => {
    expect(await run()).toBe(0);
    expect(terminal.printed).toMatch(/^home +2 +2 /m);
    expect(terminal.printed).toMatch(/^Files: .*out$/m);
    expect(terminal.errors).toBe("");
  });

  test("prints nothing when it shall be quiet", async () => {
    expect(await run("--quiet")).toBe(0);
    expect([terminal.printed, terminal.errors]).toEqual(["", ""]);
  });

  test("takes a seed of any text, which changes the run", async () => {
    const digests = new Set<string>();
    for (const seed of ["5", "6", "-1", "a word", "0x10", "1e3"]) {
      terminal = new FakeTerminal();
      expect(await run("--json", "--seed", seed)).toBe(0);
      const summary = JSON.parse(terminal.printed) as { seed: string; digest: string };
      expect(summary.seed).toBe(seed);
      digests.add(summary.digest);
    }
    expect(digests.size).toBe(6);
  });

  test("has the same result with its checkers on, and with a trace", async () => {
    const digests: string[] = [];
    for (const options of [[], ["--check"], ["--trace"], ["--trace", "--rechokes"]]) {
      terminal = new FakeTerminal();
      expect(await run("--json", ...options)).toBe(0);
      digests.push((JSON.parse(terminal.printed) as { digest: string }).digest);
    }
    expect(new Set(digests).size).toBe(1);
  });
});

describe("the other commands", () => {
  test("help names every command and the exit codes", async () => {
    expect(await main(["--help"], terminal)).toBe(0);
    for (const word of ["run", "validate", "strategies", "report", "torrent", "130"]) {
      expect(terminal.printed).toContain(word);
    }
  });

  test("`sim --version` is a version", async () => {
    expect(await main(["--version"], terminal)).toBe(0);
    expect(terminal.printed).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("`sim validate` goes on after a bad file, and ends with 2", async () => {
    const bad = await file(folder, "bad.yaml", "peers: 3\n");
    expect(await main(["validate", bad, scenario], terminal)).toBe(2);
    expect(terminal.errors).toMatch(/bad\.yaml:/);
    expect(terminal.printed).toMatch(/tiny\.yaml: ok: 1 origin, 2 home; 16 pieces\n$/);
  });

  test("`sim strategies` lists chokers and pickers", async () => {
    expect(await main(["strategies"], terminal)).toBe(0);
    for (const name of ["tit-for-tat", "rarest-first"]) expect(terminal.printed).toContain(name);
  });
});
