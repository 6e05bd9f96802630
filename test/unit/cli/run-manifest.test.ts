import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { commandLine, runManifest } from "../../../src/cli/run-manifest.ts";
import { fixedResult } from "../../support/run-results.ts";

describe("the command that makes a run again", () => {
  test("is as short as it was", () => {
    expect(commandLine({ file: "a.yaml", seed: undefined, set: [] })).toBe("sim run a.yaml");
    expect(commandLine({ file: "a.yaml", seed: "2", set: ["peers.dsl.count=5"] })).toBe(
      "sim run a.yaml --seed 2 --set peers.dsl.count=5",
    );
  });

  test("survives a shell, whatever is in it", () => {
    const file = 'my $HOME/it\'s "a" file.yaml';
    const set = ["torrent.size=10 MiB", "peers.dsl.pieces={ fraction: 0.5 }", "name=`id`;*"];
    const command = commandLine({ file, seed: "", set });
    const script = `sim() { printf '%s\\n' "$@"; }; ${command}`;
    const words = execFileSync("sh", ["-c", script], { encoding: "utf8" });
    expect(words).toBe(
      ["run", file, "--seed", "", ...set.flatMap((one) => ["--set", one]), ""].join("\n"),
    );
  });
});

test("a manifest keeps what differs between two machines apart from the rest", () => {
  const cost = { wallSeconds: 2, cpuSeconds: 1, peakRssBytes: 3 };
  const request = { file: "a.yaml", seed: undefined, set: [], description: "d", resolvedText: "x" };
  const { machine, ...rest } = runManifest(request, fixedResult().summary, cost);
  expect(machine).toMatchObject({ ...cost, node: process.version });
  expect(rest).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    scenario: "Fixed",
    description: "d",
    command: "sim run a.yaml",
    seed: "1",
    digest: "0123456789abcdef",
    scenarioSha256: createHash("sha256").update("x").digest("hex"),
    partial: false,
  });
});
