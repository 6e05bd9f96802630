import { describe, expect, test } from "@jest/globals";
import { logSpeedRatio, speedOf } from "../../../src/compare/mixed-swarm.ts";
import { figuresOf } from "../../../src/compare/run-figures.ts";
import { compareShares } from "../../../src/compare/shares.ts";
import { peerRow, runResult, seederRow } from "../../support/run-results.ts";

/** A run of 100 s in which the peers of "a" and "b" came at 0 s, and completed 1,000 bytes after so many seconds. */
function run(a: readonly (number | null)[], b: readonly (number | null)[]) {
  const side = (name: string, times: readonly (number | null)[]) =>
    times.map((completedSeconds) =>
      peerRow({
        class: name,
        completedSeconds,
        downloadedBytes: completedSeconds === null ? 500 : 1200,
        wastedBytes: completedSeconds === null ? 0 : 200,
      }),
    );
  const peers = [seederRow(), ...side("a", a), ...side("b", b)];
  return figuresOf(runResult(peers, { summary: { simulatedSeconds: 100 } }));
}

describe("the speed of a side", () => {
  test("is the median of its leechers' useful bytes per second", () => {
    expect(speedOf(run([10, 20, 50], [40]), ["a"])).toBe(50);
    expect(speedOf(run([10, 20, 50], [40]), ["b"])).toBe(25);
    expect(speedOf(run([10, 20, 50], [40]), ["a", "b"])).toBe((25 + 50) / 2);
  });

  test("counts one that did not complete with what it has", () => {
    expect(speedOf(run([null], []), ["a"])).toBe(5);
  });

  test("is none of nobody, and of seeders", () => {
    expect(speedOf(run([10], []), ["b"])).toBeNull();
    expect(speedOf(run([10], []), ["origin"])).toBeNull();
  });
});

test("the ratio of two speeds is a logarithm, the other way round for the other side, and never beyond 100", () => {
  expect(logSpeedRatio(20, 10)).toBeCloseTo(Math.log(2), 14);
  expect(logSpeedRatio(10, 20)).toBeCloseTo(-Math.log(2), 14);
  expect([logSpeedRatio(5, 5), logSpeedRatio(0, 0)]).toEqual([0, 0]);
  expect(logSpeedRatio(5, 0)).toBeCloseTo(Math.log(100), 14);
  expect(logSpeedRatio(0, 5)).toBeCloseTo(-Math.log(100), 14);
  expect([logSpeedRatio(null, 5), logSpeedRatio(5, null)]).toEqual([null, null]);
});

test("two strategies are compared share by share, where both are there", () => {
  const sides = { first: ["a"], second: ["b"] };
  const results = compareShares([
    { share: 0, ...sides, runs: [run([10], []), run([20], [])] },
    { share: 0.5, ...sides, runs: [run([10], [20]), run([20], [20])] },
  ]);
  expect(results[0]).toEqual({
    share: 0,
    first: [100, 50],
    second: [null, null],
    logRatio: null,
  });
  expect(results[1]).toMatchObject({ first: [100, 50], second: [50, 50] });
  expect(results[1]?.logRatio?.mean).toBeCloseTo(-Math.log(2) / 2, 14);
});
