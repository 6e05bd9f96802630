import { describe, expect, test } from "@jest/globals";
import seedrandom from "seedrandom";
import { bootstrapInterval } from "../../../src/compare/bootstrap.ts";

/** A standard normal number, by the sum of 12 uniform ones. */
function normal(next: () => number): number {
  return Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6);
}

describe("the bootstrap interval", () => {
  test("is the same for the same values, and a point when all are the same", () => {
    const values = [1, 2, 3, 5, 8];
    expect(bootstrapInterval(values)).toEqual(bootstrapInterval([...values]));
    expect(bootstrapInterval([2, 2, 2])).toEqual({ low: 2, high: 2 });
  });

  test("is none of a single value, or of none", () => {
    expect([bootstrapInterval([3]), bootstrapInterval([])]).toEqual([null, null]);
  });

  test("of two values goes from one to the other: in a quarter of the resamples each is drawn twice", () => {
    expect(bootstrapInterval([1, 3])).toEqual({ low: 1, high: 3 });
  });

  test("of n zeros and ones has the quantiles of the binomial distribution", () => {
    // B(20, 1/2): P(X ≤ 5) = 0.0207, P(X ≤ 6) = 0.0577; the same from above.
    const values = Array.from({ length: 20 }, (_, at) => at % 2);
    expect(bootstrapInterval(values)).toEqual({ low: 6 / 20, high: 14 / 20 });
  });

  test("holds the true mean about as often as it promises: 95 % of 20 values, somewhat less of 5", () => {
    const next = seedrandom.alea("coverage");
    const covered = (count: number) => {
      let hits = 0;
      for (let trial = 0; trial < 400; trial++) {
        const values = Array.from({ length: count }, () => 1.2 + 0.1 * normal(next));
        const interval = bootstrapInterval(values);
        if (interval !== null && interval.low <= 1.2 && interval.high >= 1.2) hits++;
      }
      return hits / 400;
    };
    // Of 400 trials the standard deviation is 1.1 % at 95 %, and 1.9 % at 84 %.
    const [few, many] = [covered(5), covered(20)];
    expect(many).toBeGreaterThan(0.89);
    expect(many).toBeLessThan(0.97);
    expect(few).toBeGreaterThan(0.77);
    expect(few).toBeLessThan(0.91);
  });
});
