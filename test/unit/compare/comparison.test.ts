import { describe, expect, test } from "@jest/globals";
import { allLeechers, compare, compareRuns } from "../../../src/compare/comparison.ts";
import { speedUp } from "../../../src/compare/speed-up.ts";
import type { RunResult } from "../../../src/metrics/results.ts";
import { peerRow, runResult, seederRow } from "../../support/run-results.ts";

/** A run with an origin, a dsl peer and two of fibre, which complete after so many seconds; null for never. */
function run(dsl: number | null, ...fibre: (number | null)[]): RunResult {
  const peers = fibre.map((completedSeconds, at) => {
    return peerRow({ peer: at + 2, class: "fibre", completedSeconds });
  });
  return runResult([seederRow(), peerRow({ peer: 1, completedSeconds: dsl }), ...peers]);
}

const variants = [
  { name: "first", runs: [run(10, 20, 40), run(30, 20, 20)] },
  { name: "second", runs: [run(8, 15, 15), run(20, 40, 40)] },
  { name: "stuck", runs: [run(null, 10, 30), run(null, null, null)] },
];

describe("a comparison", () => {
  const { variants: results, seeds } = compareRuns(variants);
  const group = (variant: number, name: string) =>
    results[variant]?.groups.find((one) => one.group === name);

  test("has all leechers and every class in each variant", () => {
    expect(seeds).toEqual(["1", "1"]);
    for (const { groups } of results) {
      expect(groups.map((one) => one.group)).toEqual([allLeechers, "dsl", "fibre", "origin"]);
    }
  });

  test("has the mean of each measure over the seeds", () => {
    expect(group(0, "fibre")?.mean.medianSeconds).toBe((30 + 20) / 2);
    expect(group(0, allLeechers)?.mean).toMatchObject({ peers: 3, notCompleted: 0 });
    expect(group(2, allLeechers)?.mean.notCompleted).toBe(2);
  });

  test("leaves seeds without a value out of a mean, and says none when no seed has one", () => {
    expect(group(2, "fibre")?.mean.medianSeconds).toBe(20);
    expect(group(2, "dsl")?.mean.medianSeconds).toBeNull();
  });

  test("has the speed-up seed by seed: the first variant's median over the other's", () => {
    expect(group(0, "fibre")?.speedUp).toBeNull();
    expect(group(1, "fibre")?.speedUp).toMatchObject({
      perSeed: [30 / 15, 20 / 40],
      mean: 1.25,
      interval: { low: 0.5, high: 2 },
    });
    expect(group(1, "dsl")?.speedUp).toMatchObject({ perSeed: [10 / 8, 30 / 20], mean: 1.375 });
    expect(group(2, "fibre")?.speedUp).toEqual({
      perSeed: [30 / 20, null],
      mean: 1.5,
      interval: null,
    });
    expect(group(2, "dsl")?.speedUp).toBeNull();
  });

  test("of nothing has nothing", () => {
    expect(compare([])).toEqual({ seeds: [], variants: [] });
  });
});

test("a speed-up needs a time on both sides", () => {
  expect(speedUp([null, 10], [5, null])).toBeNull();
  expect(speedUp([10, 10, 10], [5, null, 0])?.perSeed).toEqual([2, null, null]);
});
