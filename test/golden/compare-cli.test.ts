import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildOnce, Command, sim } from "../support/command.ts";
import {
  endlessScenario,
  file,
  newFolder,
  removeFolder,
  tinyScenario,
} from "../support/folders.ts";

let folder = "";

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
  await file(folder, "tiny.yaml", tinyScenario);
  await file(folder, "endless.yaml", endlessScenario);
}, 180_000);

afterAll(() => removeFolder(folder));

async function cellsIn(out: string): Promise<string[]> {
  const all = await readdir(join(folder, out, "cells")).catch(() => []);
  return all.filter((name) => name.endsWith(".json"));
}

/** Two short runs and two without end: it stays where two are done until it is stopped. */
const stuck = ["compare", "endless.yaml", "--vary", "stop.atMost=1 min,3650 d", "--seeds", "2"];

async function started(out: string): Promise<Command> {
  const command = new Command([...stuck, "--out", out], folder);
  while ((await cellsIn(out)).length < 2) {
    if (command.process.exitCode !== null) throw new Error((await command.ended).err);
    await wait(20);
  }
  return command;
}

describe("`sim compare` as a process", () => {
  test("writes the promised files and no others", async () => {
    const args = ["compare", "tiny.yaml", "--choker", "tit-for-tat,random", "--seeds", "2"];
    const { code, out, err } = await sim([...args, "--out", "whole"], folder);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Tiny: 2 variants, 2 seeds \(5, 6\)\n/);
    const inside = await readdir(join(folder, "whole"), { recursive: true });
    const charts = ["completion", "exchange", "fairness", "speed-up", "throughput"].flatMap(
      (name) => ["png", "svg", "vl.json"].map((type) => `charts/${name}.${type}`),
    );
    const files = [
      "comparison.csv",
      "comparison.json",
      "manifest.json",
      "peers.csv",
      "report.html",
    ];
    const cells = (await cellsIn("whole")).map((name) => `cells/${name}`);
    expect(cells).toHaveLength(4);
    expect(inside.sort()).toEqual(["cells", "charts", ...cells, ...charts, ...files].sort());
  });

  test("that was killed goes on where it was: the same command finds what is there", async () => {
    const command = await started("killed");
    command.process.kill("SIGKILL");
    await command.ended;
    const manifest = await readFile(join(folder, "killed/manifest.json"), "utf8");
    expect(JSON.parse(manifest)).toMatchObject({ kind: "comparison", complete: false });
    expect(existsSync(join(folder, "killed/comparison.json"))).toBe(false);
    const before = await cellsIn("killed");
    const again = new Command([...stuck, "--out", "killed"], folder);
    let err = "";
    again.process.stderr?.on("data", (text: string) => {
      err += text;
    });
    while (err === "") await wait(20);
    again.process.kill("SIGKILL");
    await again.ended;
    expect(err).toMatch(/^2 runs found in .*killed\.\n/);
    expect(await cellsIn("killed")).toEqual(before);
    // Of the same runs alone nothing is left to do.
    const short = ["compare", "endless.yaml", "--vary", "stop.atMost=1 min", "--seeds", "2"];
    const ended = await sim([...short, "--out", "killed", "--no-report"], folder);
    expect(ended).toMatchObject({ code: 0, err: expect.stringMatching(/^2 runs found/) });
    expect(await cellsIn("killed")).toEqual(before);
  });

  test("ends by Ctrl-C with 130, keeps what is done, and says how to go on", async () => {
    const command = await started("stopped");
    command.process.kill("SIGINT");
    const { code, out, err } = await command.ended;
    expect([code, out]).toEqual([130, ""]);
    expect(err).toMatch(/^Interrupted\. The runs that were over are in stopped: the same command/);
    expect(await cellsIn("stopped")).toHaveLength(2);
  });
});
