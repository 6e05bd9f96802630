import { describe, expect, test } from "@jest/globals";
import { bandFinding, estimate, overlaps, paired } from "../../../src/experiments/estimate.ts";
import { distributionPoints, pointOf } from "../../../src/experiments/figure.ts";

function run(variant: string, seed: number, kept: number | null) {
  return { cell: { id: `${variant}-${seed}`, variant, seed }, kept };
}

describe("an estimate", () => {
  test("is the mean over the seeds that have a value, with an interval around it", () => {
    const { value, interval } = estimate([1, null, 2, 3]);
    expect(value).toBe(2);
    expect(interval?.low).toBeGreaterThanOrEqual(1);
    expect(interval?.low).toBeLessThan(2);
    expect(interval?.high).toBeGreaterThan(2);
  });

  test("has no interval of one seed, and no value of none", () => {
    expect(estimate([7])).toEqual({ value: 7, interval: null });
    expect(estimate([null])).toEqual({ value: null, interval: null });
  });

  test("of pairs joins the two runs of each seed that has both, in whatever order they came", () => {
    const runs = [run("a", 2, 10), run("b", 1, 2), run("a", 1, 4), run("b", 2, 5), run("a", 3, 9)];
    const ratio = paired(
      runs,
      ["a", "b"],
      (kept) => kept,
      (a, b) => a / b,
    );
    expect(ratio).toEqual({ value: 2, interval: { low: 2, high: 2 } });
  });
});

describe("a band", () => {
  test("is met when the interval reaches into it, or the value of a single seed is in it", () => {
    expect(overlaps({ value: 5, interval: { low: 3, high: 7 } }, 6, 9)).toBe(true);
    expect(overlaps({ value: 5, interval: { low: 3, high: 7 } }, 8, 9)).toBe(false);
    expect(overlaps({ value: 5, interval: null }, 5, 5)).toBe(true);
    expect(overlaps({ value: 5, interval: null }, 6, 9)).toBe(false);
    expect(overlaps({ value: null, interval: null }, 0, 9)).toBe(false);
  });

  test("gives a finding that says why only where it is missed", () => {
    const texts = { what: "x", published: "1 s", tolerance: "1 … 2", unit: "s", because: "slow" };
    const ours = { value: 1.5, interval: null };
    const hit = bandFinding({ ...texts, ours, low: 1, high: 2 });
    expect(hit).toMatchObject({ verdict: "reproduced", ours: { value: 1.5, unit: "s" } });
    expect(hit).not.toHaveProperty("because");
    expect(bandFinding({ ...texts, ours, low: 2, high: 3 })).toMatchObject({
      verdict: "not reproduced",
      because: "slow",
    });
  });
});

describe("points of a figure", () => {
  test("are an estimate with its interval, scaled, and none where there is no value", () => {
    expect(pointOf(3, { value: 0.5, interval: { low: 0.25, high: 1 } }, 100)).toEqual([
      { x: 3, y: 50, low: 25, high: 100 },
    ]);
    expect(pointOf("fast", { value: 2, interval: null })).toEqual([{ x: "fast", y: 2 }]);
    expect(pointOf(3, { value: null, interval: null })).toEqual([]);
  });

  test("are the steps of a distribution, of whom the rest never gets there", () => {
    expect(distributionPoints([5, 1], 4)).toEqual([
      { x: 1, y: 0 },
      { x: 1, y: 0.25 },
      { x: 5, y: 0.5 },
    ]);
  });
});
