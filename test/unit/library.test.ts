import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parseScenario, ScenarioError, simulate, writeScenario } from "../../src/index.ts";
import { buildOnce } from "../support/command.ts";
import { hello } from "../support/scenario-text.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const small = hello.replace("10 MiB", "256 KiB").replace("count: 10", "count: 3");

/** Imports the package by its name, takes files and process away, and runs a scenario. */
const script = `
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const { parseScenario, simulate, ScenarioError } = await import("swarmlab");
  const print = console.log;
  const given = Object.fromEntries(Object.entries(fs).filter(([, value]) => typeof value === "function"));
  const own = Object.getOwnPropertyDescriptor(globalThis, "process");
  for (const name of Object.keys(given)) fs[name] = () => { throw new Error("touched fs." + name); };
  syncBuiltinESMExports();
  Object.defineProperty(globalThis, "process", {
    configurable: true,
    get() { throw new Error("touched process"); },
  });
  let digest;
  let refused = false;
  try {
    digest = simulate(parseScenario(${JSON.stringify(small)})).summary.digest;
    parseScenario("torrent: 5");
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    refused = true;
  } finally {
    Object.defineProperty(globalThis, "process", own);
    Object.assign(fs, given);
  }
  print(JSON.stringify({ digest, refused }));
`;

beforeAll(buildOnce);

describe("the library", () => {
  test("parses, simulates and writes a scenario", () => {
    const scenario = parseScenario(small);
    const { summary } = simulate(scenario);
    expect(summary.classes.dsl).toMatchObject({ count: 3, completed: 3 });
    expect(simulate(parseScenario(writeScenario(scenario))).summary.digest).toBe(summary.digest);
    expect(() => parseScenario("torrent: 5")).toThrow(ScenarioError);
  });

  test("as built is imported by name, and touches neither files nor process", () => {
    const args = ["--input-type=module", "--eval", script];
    const printed = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    const { digest, refused } = JSON.parse(printed) as { digest: string; refused: boolean };
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(refused).toBe(true);
  });
});
