import { describe, expect, test } from "@jest/globals";
import {
  lastCompletion,
  runShipped,
  shipped,
  shippedNames,
  shippedText,
} from "../../support/shipped.ts";

/**
 * How each is run under the checkers: smaller where it is large, with an end where it goes on for ever, and so that
 * everybody completes by its nature and not by the luck of a seed.
 */
const smaller: Record<string, readonly string[]> = {
  "client-server": [],
  clustering: [],
  flashcrowd: ["peers.dsl.count=18", "peers.cable.count=9", "peers.fibre.count=3"],
  "free-riders": [],
  hello: [],
  heterogeneous: ["slow", "middle", "fast"].map((name) => `peers.${name}.count=10`),
  "missing-piece": [
    "peers.origin.upload=1 Mbit/s",
    "peers.newcomer.arrive.until=3 min",
    "stop={ atMost: 1 h }",
  ],
  "mixed-strategies": [],
  nat: [],
  "one-bittyrant": ["peers.crowd.count=60"],
  "piece-size": [],
  polluters: [],
  "random-vs-rarest": ["peers.home.count=20", "peers.origin.leave.after=3 min"],
  "seeder-leaves": ["peers.origin.leave.after=3 min"],
  "steady-state": ["peers.home.arrive.until=5 min", "stop={ atMost: 1 h }"],
};

test("every shipped scenario is expected here", () => {
  expect(Object.keys(smaller).sort()).toEqual(shippedNames);
});

describe.each(shippedNames)("%s", (name) => {
  test("opens with its schema, what to look for, what to try and its source", () => {
    const lines = shippedText(name).split("\n");
    expect(lines[0]).toBe("# yaml-language-server: $schema=../scenario.schema.json");
    const end = lines.findIndex((line) => !line.startsWith("#"));
    const comment = lines.slice(1, end).join("\n");
    expect(comment).toMatch(/Look for: .*Try: .*sim run .*Source: /s);
    expect(shipped(name).description).not.toBe("");
  });

  test("the commands of its comment change it", () => {
    const commands = shippedText(name).match(/sim run .*/g) ?? [];
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(command).toContain(`scenarios/${name}.yaml`);
      const set = overrides(command);
      if (set.length > 0) expect(shipped(name, { set })).not.toEqual(shipped(name));
    }
  });

  test.each(["1", `fresh-${Date.now()}`])(
    "breaks no invariant and no bound with seed %s",
    (seed) => {
      const options = { seed, set: smaller[name] ?? [], check: true };
      const result = runShipped(name, options);
      expect(result.summary.partial).toBe(false);
      expect(lastCompletion(result)).toBeGreaterThan(0);
      const { minimumDistributionSeconds: bound, ratio } = result.summary.bound;
      // Kumar and Ross 2006, which does not apply where peers bring pieces.
      if (name === "missing-piece") expect(bound).toBeNull();
      else expect(ratio).toBeGreaterThanOrEqual(1);
      const { size } = shipped(name, options).torrent;
      for (const peer of result.peers) {
        if (peer.completionSeconds === null || peer.downloadedBytes < size) continue;
        const fastest = size / (peer.downloadCapacityBytesPerSecond ?? 0);
        expect(peer.completionSeconds).toBeGreaterThan(fastest);
      }
    },
  );
});

/** Of a command line, what stands after each `--set`, quotes taken away. */
function overrides(command: string): string[] {
  const found = command.matchAll(/--set ((?:'[^']*'|[^ '])+)/g);
  return [...found].map(([, given = ""]) => given.replaceAll("'", ""));
}
