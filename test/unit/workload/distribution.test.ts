import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { capacityPresets } from "../../../src/scenario/presets.ts";
import type { Distribution } from "../../../src/scenario/scenario.ts";
import { piatek2007Upload } from "../../../src/theory/capacities.ts";
import { draw } from "../../../src/workload/distribution.ts";
import { fixedRandom, randomOf } from "../../support/neighbours.ts";

function at(distribution: Distribution, u: number): number {
  return draw(distribution, fixedRandom(u));
}

/** Mean and standard deviation of so many draws. */
function statistics(distribution: Distribution, draws = 100_000) {
  const random = randomOf("statistics");
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < draws; i++) {
    const value = draw(distribution, random);
    sum += value;
    squares += value * value;
  }
  const mean = sum / draws;
  return { mean, deviation: Math.sqrt(squares / draws - mean * mean) };
}

const table: Distribution = {
  kind: "table",
  interpolation: "linear",
  points: [
    { cdf: 0.2, value: 10 },
    { cdf: 0.6, value: 30 },
    { cdf: 0.6, value: 50 },
    { cdf: 1, value: 90 },
  ],
};

describe("a draw", () => {
  test("takes one number of the stream, whatever the distribution", () => {
    const all: Distribution[] = [
      { kind: "constant", value: 1 },
      { kind: "uniform", min: 0, max: 1 },
      { kind: "exponential", mean: 1 },
      { kind: "values", values: [{ value: 1, weight: 1 }] },
      table,
    ];
    for (const distribution of all) {
      let taken = 0;
      draw(distribution, {
        next() {
          taken++;
          return 0.5;
        },
      });
      expect(taken).toBe(1);
    }
  });

  test("of a uniform distribution lies at its share of the way", () => {
    const uniform: Distribution = { kind: "uniform", min: 10, max: 30 };
    expect([0, 0.25, 0.5].map((u) => at(uniform, u))).toEqual([10, 15, 20]);
    const { mean, deviation } = statistics(uniform);
    expect(mean / 20).toBeCloseTo(1, 2);
    expect(deviation / (20 / Math.sqrt(12))).toBeCloseTo(1, 2);
  });

  test("of an exponential distribution is -mean ln(1 - u), finite and never negative", () => {
    const exponential: Distribution = { kind: "exponential", mean: 40 };
    expect(at(exponential, 0)).toBeCloseTo(0, 15);
    expect(at(exponential, 0.5)).toBeCloseTo(40 * Math.log(2), 10);
    expect(at(exponential, 1 - 2 ** -53)).toBeCloseTo(40 * 53 * Math.log(2), 8);
    const { mean, deviation } = statistics(exponential);
    // The standard error of either is 0.3 to 0.5 %.
    expect(Math.abs(mean / 40 - 1)).toBeLessThan(0.015);
    expect(Math.abs(deviation / 40 - 1)).toBeLessThan(0.03);
  });

  test("of values falls on each in proportion to its weight, in their order", () => {
    const values: Distribution = {
      kind: "values",
      values: [
        { value: 5, weight: 1 },
        { value: 7, weight: 2 },
        { value: 3, weight: 1 },
      ],
    };
    expect([0, 0.249, 0.25, 0.749, 0.75, 0.999].map((u) => at(values, u))).toEqual([
      5, 5, 7, 7, 3, 3,
    ]);
    expect(statistics(values).mean / 5.5).toBeCloseTo(1, 2);
  });

  test("of values is always one of them, also when weights do not add up exactly", () => {
    const weighted = fc.record({
      value: fc.nat(),
      weight: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(weighted, { minLength: 1, maxLength: 9 }),
        fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true }),
        (values, u) => {
          expect(values.map(({ value }) => value)).toContain(at({ kind: "values", values }, u));
        },
      ),
    );
  });

  test("of a table is the inverse of the CDF, linear between its points", () => {
    // Below the first point its value, which so has the share 0.2 all for itself; at 0.6 a gap from 30 to 50.
    expect([0, 0.1, 0.2].map((u) => at(table, u))).toEqual([10, 10, 10]);
    expect(at(table, 0.4)).toBeCloseTo(20, 12);
    expect(at(table, 0.6)).toBe(30);
    expect(at(table, 0.600_001)).toBeCloseTo(50, 3);
    expect(at(table, 0.8)).toBeCloseTo(70, 12);
    expect(at(table, 1 - 2 ** -53)).toBeCloseTo(90, 12);
    // 0.2 x 10 + 0.4 x 20 + 0.4 x 70
    expect(statistics(table).mean / 38).toBeCloseTo(1, 2);
  });

  test("of a logarithmic table is linear in the logarithm between its points, and exact at them", () => {
    const points = [
      { cdf: 0, value: 10 },
      { cdf: 0.5, value: 1000 },
      { cdf: 0.5, value: 2000 },
      { cdf: 1, value: 2000 },
    ];
    const decades: Distribution = { kind: "table", points, interpolation: "logarithmic" };
    expect(at(decades, 0)).toBe(10);
    expect(at(decades, 0.25)).toBeCloseTo(100, 10);
    expect(at(decades, 0.125)).toBeCloseTo(10 ** 1.5, 10);
    expect([0.5, 0.75, 1 - 2 ** -53].map((u) => at(decades, u))).toEqual([1000, 2000, 2000]);
    expect(at(decades, 0.5 - 1e-16)).toBeLessThanOrEqual(1000);
  });

  test("of Piatek's peers goes through the points of the figure", () => {
    const peers = capacityPresets.piatek2007;
    expect(at(peers, 0) / 1024).toBe(43);
    expect(at(peers, 0.5) / 1024).toBeCloseTo(77.6, 10);
    expect(at(peers, 0.9) / 1024).toBeCloseTo(392, 9);
    expect(at(peers, 0.35 + 0.025) / 1024).toBeCloseTo(Math.sqrt(62.7 * 66.8), 9);
    // Where the logarithm is linear from a to b, the mean is (b - a) / ln(b / a).
    let mean = 0;
    piatek2007Upload.forEach(({ cdf, value }, i) => {
      const before = piatek2007Upload[i - 1];
      if (before === undefined) return;
      mean += ((cdf - before.cdf) * (value - before.value)) / Math.log(value / before.value);
    });
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += at(peers, (i + 0.5) / 100_000);
    expect(sum / 100_000 / mean).toBeCloseTo(1, 6);
  });

  test("of a long table finds its place", () => {
    const count = 10_000;
    const points = Array.from({ length: count + 1 }, (_, i) => ({ cdf: i / count, value: i }));
    const long: Distribution = { kind: "table", points, interpolation: "linear" };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (u) => {
        expect(at(long, u)).toBeCloseTo(u * count, 6);
      }),
    );
  });

  test("of a table never falls as u rises, and stays between the first value and the last", () => {
    const point = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 8 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 }),
        (pairs, us) => {
          const shares = pairs.map(([share]) => share).sort((a, b) => a - b);
          const values = pairs.map(([, value]) => value).sort((a, b) => a - b);
          const points = values.map((value, i) => ({ cdf: shares[i + 1] ?? 1, value }));
          const drawn = us
            .sort((a, b) => a - b)
            .map((u) => at({ kind: "table", points, interpolation: "linear" }, u));
          const slack = 1e-9 * (1 + values.at(-1)!);
          for (let i = 1; i < drawn.length; i++) {
            expect(drawn[i]!).toBeGreaterThanOrEqual(drawn[i - 1]! - slack);
          }
          expect(drawn[0]!).toBeGreaterThanOrEqual(values[0]!);
          expect(drawn.at(-1)!).toBeLessThanOrEqual(values.at(-1)! + slack);
        },
      ),
    );
  });
});
