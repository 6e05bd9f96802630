import { describe, expect, test } from "@jest/globals";
import type { RunResult } from "../../src/metrics/results.ts";
import type { Scenario } from "../../src/scenario/scenario.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { MIB, origin, peerClass, scenario } from "../support/scenarios.ts";
import { p50 } from "../support/shipped.ts";

const torrent = { size: 4 * MIB, pieceLength: MIB / 8 };
const chokers = [...builtInStrategies.chokers.values()];
const pickers = [...builtInStrategies.pickers.keys()];
const giving = chokers.filter((one) => !one.seederOnly && !isFreeRider(one.name));
const seeding = chokers.filter((one) => !one.leecherOnly && !isFreeRider(one.name));

function isFreeRider(name: string): boolean {
  return ["none", "bitthief", "large-view"].includes(name);
}

function checked(one: Scenario): RunResult {
  return simulate(one, { check: true });
}

describe("a swarm of 40 leechers", () => {
  test.each(giving.map(({ name }) => name))("of %s completes", (choker) => {
    const home = peerClass("home", { count: 40, choker });
    const result = checked(scenario([origin(), home], { torrent }));
    expect(result.summary.classes.home?.completed).toBe(40);
    expect(result.summary.bound.ratio).toBeGreaterThanOrEqual(1);
  });

  test.each(seeding.map(({ name }) => name))("whose origin is of %s completes", (choker) => {
    const home = peerClass("home", { count: 40 });
    const result = checked(scenario([origin({ choker }), home], { torrent }));
    expect(result.summary.classes.home?.completed).toBe(40);
  });

  test.each(pickers)("that pick by %s completes", (picker) => {
    const home = peerClass("home", { count: 40, picker });
    const result = checked(scenario([origin(), home], { torrent }));
    expect(result.summary.classes.home?.completed).toBe(40);
  });
});

describe("in a swarm of tit-for-tat", () => {
  test.each(chokers.filter(({ name }) => isFreeRider(name)).map(({ name }) => name))(
    "%s completes, gives nothing, and does so later than those who give",
    (choker) => {
      const givers = peerClass("giver", { count: 20 });
      const riders = peerClass("rider", { count: 20, choker });
      const result = checked(scenario([origin(), givers, riders], { torrent }));
      expect(result.summary.classes.rider?.shareRatio).toBe(0);
      expect(result.summary.classes.rider?.completed).toBe(20);
      expect(p50(result, "rider")).toBeGreaterThan(1.1 * p50(result, "giver"));
    },
  );
});
