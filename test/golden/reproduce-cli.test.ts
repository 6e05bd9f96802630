import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { experiments } from "../../src/experiments/experiments.ts";
import { buildOnce, type Ended, sim } from "../support/command.ts";
import { newFolder, removeFolder } from "../support/folders.ts";

/** The one that runs in a moment. */
const name = "mundinger-2006-bound";
const cells = join("runs", "reproduce", name, "cells");

let folder = "";
let first: Ended;

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
  first = await sim(["reproduce", name, "--seeds", "2"], folder);
}, 180_000);

afterAll(() => removeFolder(folder));

async function textIn(path: string): Promise<string> {
  return readFile(join(folder, path), "utf8");
}

describe("`sim reproduce`", () => {
  test("prints each finding with its verdict, and ends well whatever they are", async () => {
    expect(first).toMatchObject({ code: 0, err: "" });
    const { findings } = JSON.parse(await textIn(`reports/${name}/findings.json`)) as {
      findings: { what: string; verdict: string }[];
    };
    expect(findings.length).toBeGreaterThan(3);
    for (const { what, verdict } of findings) {
      const line = first.out.split("\n").find((one) => one.endsWith(`  ${what}`));
      expect(line?.startsWith(verdict)).toBe(true);
    }
  });

  test("writes findings, charts and pages, and nothing else", async () => {
    const files = await readdir(join(folder, "reports", name), { recursive: true });
    expect(files.sort()).toEqual([
      "README.md",
      "charts",
      "charts/users.png",
      "charts/users.svg",
      "charts/users.vl.json",
      "findings.json",
      "report.html",
    ]);
  });

  test("says in the README what is otherwise, and the command that makes it again", async () => {
    const text = await textIn(`reports/${name}/README.md`);
    expect(text).toContain(`\`\`\`sh\nsim reproduce ${name} --seeds 2\n\`\`\``);
    const own = experiments.find((one) => one.name === name);
    for (const sentence of own?.differences ?? ["none"]) expect(text).toContain(sentence);
    expect(text).toContain("](charts/users.svg)");
  });

  test("goes on where it was ended: only runs that are missing or broken are run, and all is the same", async () => {
    const before = await textIn(`reports/${name}/findings.json`);
    const stored = await textIn(`${cells}/7-1.json`);
    const kept = await stat(join(folder, cells, "15-1.json"));
    await rm(join(folder, cells, "7-1.json"));
    await writeFile(join(folder, cells, "7-2.json"), "{ half");
    const again = await sim(["reproduce", name, "--seeds", "2"], folder);
    expect(again.out).toContain("14 runs (12 from before)");
    expect((await stat(join(folder, cells, "15-1.json"))).mtimeMs).toBe(kept.mtimeMs);
    const cost = /"cpuSeconds": ?[\d.]+/g;
    expect((await textIn(`${cells}/7-1.json`)).replace(cost, "")).toBe(stored.replace(cost, ""));
    expect((await textIn(`reports/${name}/findings.json`)).replace(cost, "")).toBe(
      before.replace(cost, ""),
    );
  });

  test("prints with --json the findings alone", async () => {
    const { out, code } = await sim(["reproduce", name, "--seeds", "2", "--json"], folder);
    expect(code).toBe(0);
    const all = JSON.parse(out) as { name: string }[];
    expect(all).toEqual([JSON.parse(await textIn(`reports/${name}/findings.json`))]);
  });

  test("lists what there is", async () => {
    const { out } = await sim(["reproduce", "--list"], folder);
    for (const one of experiments) expect(out).toContain(one.name);
    const json = await sim(["reproduce", name, "--list", "--json", "--seeds", "3"], folder);
    expect(JSON.parse(json.out)).toMatchObject([{ name, rank: "hard", runs: 21 }]);
  });

  test.each([
    [
      ["mundinger-2006-bond"],
      "There is no experiment mundinger-2006-bond. Did you mean mundinger-2006-bound?",
    ],
    [["nonsense"], "There is no experiment nonsense. `sim reproduce --list` shows what there is."],
    [[name, "--seeds", "0"], "--seeds 0: must be a whole number from 1 to 10000."],
    [[name, "--out", "runs/reproduce"], "holds something else"],
  ])("refuses %j", async (args, message) => {
    const { code, err } = await sim(["reproduce", ...args], folder);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
