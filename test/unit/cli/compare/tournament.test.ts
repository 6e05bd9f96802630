import { readdir, readFile, rm } from "node:fs/promises";
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
  const crowd = tinyScenario.replace("count: 2,", "count: 10, arrive: { within: 20 s },");
  scenario = await file(folder, "tiny.yaml", crowd);
}, 180_000);

afterAll(() => removeFolder(folder));

beforeEach(async () => {
  terminal = new FakeTerminal();
  out = join(folder, "out");
  await rm(out, { recursive: true, force: true });
});

function run(command: string, ...options: string[]): Promise<number> {
  return main([command, scenario, "--out", out, ...options], terminal);
}

describe("`sim tournament`", () => {
  test("ranks the strategies, a user's among them, and is found again", async () => {
    const mine = await file(folder, "mine.js", "export const choose = () => [];");
    const options = ["--choker", `random,${mine},tit-for-tat`, "--seeds", "2"];
    expect(await run("tournament", ...options, "--no-report")).toBe(0);
    expect(terminal.printed).toMatch(
      /^Tiny: 3 strategies, 2 seeds, shares of 50 % on both sides\n/,
    );
    const table = [...terminal.printed.matchAll(/^(random|mine|tit-for-tat) +(\d\.\d\d) \(/gm)];
    const scores = table.map(([, , score]) => Number(score));
    expect(table.map(([, name]) => name).sort()).toEqual(["mine", "random", "tit-for-tat"]);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(terminal.printed).toMatch(/\nFiles: .*out \(18 runs\)\n/);
    const first = await readFile(join(out, "tournament.json"), "utf8");
    const matches = (await readFile(join(out, "matches.csv"), "utf8")).trimEnd().split("\n");
    expect(matches).toHaveLength(1 + 3 * 2 * 2); // three pairs, two sides, two seeds
    expect(matches[1]).toMatch(/^random,mine,0\.5,5,\d+(\.\d+)?,\d+(\.\d+)?,-?\d/);
    terminal = new FakeTerminal();
    expect(await run("tournament", ...options, "--json")).toBe(0);
    expect(terminal.errors).toMatch(/^18 runs found/);
    expect(JSON.parse(terminal.printed)).toEqual(JSON.parse(first));
    const charts = ["alone", "matches", "standings"].flatMap((name) =>
      ["png", "svg", "vl.json"].map((type) => `${name}.${type}`),
    );
    expect((await readdir(join(out, "charts"))).sort()).toEqual(charts);
  });

  test.each([
    ["one strategy", ["--choker", "none"], /two strategies at least/],
    ["no strategy", [], /required option '--choker/],
    ["an unknown one", ["--choker", "none,nonne"], /Did you mean "none"/],
    ["an empty side", ["--choker", "none,random", "--shares", "0,0.5"], /one side is empty/],
    ["a share beyond 1", ["--choker", "none,random", "--shares", "1.5"], /a number from 0 to 1/],
    ["seeders", ["--choker", "none,random", "--for", "origin"], /these are seeders/],
    [
      "a choker for seeders",
      ["--choker", "none,new-seed"],
      /^--choker new-seed: .*for seeders only/,
    ],
  ])("refuses %s before anything runs", async (_, options, message) => {
    expect(await run("tournament", ...options)).toBe(2);
    expect(terminal.errors).toMatch(message);
    expect((await readdir(folder)).includes("out")).toBe(false);
  });
});

describe("`sim compare --share`", () => {
  test("mixes two chokers, and sets them against each other", async () => {
    const options = ["--choker", "tit-for-tat,none", "--share", "0,0.5,1", "--seeds", "2"];
    expect(await run("compare", ...options)).toBe(0);
    expect(terminal.printed).toMatch(
      /\nshare of none +tit-for-tat +none +none ÷ tit-for-tat\n0 % .* –\n50 % /,
    );
    const json = JSON.parse(await readFile(join(out, "comparison.json"), "utf8")) as {
      variants: { name: string; groups: Record<string, { mean: { peers: number } }> }[];
      shares: { results: { share: number; logRatio: { mean: number } | null }[] };
    };
    expect(json.variants.map(({ name }) => name)).toEqual(["0 % none", "50 % none", "100 % none"]);
    expect(json.variants.map(({ groups }) => groups["home-none"]?.mean.peers)).toEqual([0, 5, 10]);
    const ratios = json.shares.results.map(({ logRatio }) => logRatio?.mean ?? null);
    expect(ratios).toEqual([null, expect.any(Number), null]);
    expect(await readdir(join(out, "charts"))).toContain("shares.png");
  });

  test.each([
    [["--choker", "none", "--share", "0.5"], /Give two, as in --choker a,b/],
    [["--share", "0.5"], /Give two, as in --choker a,b/],
    [["--choker", "none,random,tit-for-tat", "--share", "0.5"], /Give two/],
    [
      ["--choker", "none,random", "--share", "0.5", "--picker", "random"],
      /goes with --choker a,b alone/,
    ],
    [["--choker", "none,random", "--share", "nobody"], /must be a number from 0 to 1/],
  ])("refuses %j", async (options, message) => {
    expect(await run("compare", ...options)).toBe(2);
    expect(terminal.errors).toMatch(message);
  });
});
