import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { naturalLogarithm } from "../../src/core/logarithm.ts";

/** The distance to `Math.log`, as a part of it. */
function relativeError(x: number): number {
  const expected = Math.log(x);
  return Math.abs(naturalLogarithm(x) - expected) / Math.max(Math.abs(expected), Number.MIN_VALUE);
}

describe("our own natural logarithm", () => {
  test("is Math.log to 1e-14 for every normal number", () => {
    const mantissa = fc.double({ min: 1, max: 2, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(mantissa, fc.integer({ min: -1022, max: 1023 }), (significand, exponent) => {
        const x = significand * 2 ** exponent;
        expect(relativeError(x)).toBeLessThan(1e-14);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is as good where the result is near zero, and in the draws that need it", () => {
    const near = fc.double({ min: -1e-3, max: 1e-3, noNaN: true }).filter((one) => one !== 0);
    const draw = fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((one) => one / 2 ** 32);
    fc.assert(
      fc.property(
        fc.oneof(
          near.map((one) => 1 + one),
          draw,
        ),
        (x) => {
          expect(relativeError(x)).toBeLessThan(1e-14);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("is exact at one, and at the edges of its range", () => {
    expect(naturalLogarithm(1)).toBe(0);
    expect(naturalLogarithm(2)).toBe(Math.LN2);
    for (const x of [2 ** -1022, Number.MAX_VALUE, Math.SQRT2, Math.SQRT1_2]) {
      expect(relativeError(x)).toBeLessThan(1e-14);
    }
  });

  test("turns products into sums", () => {
    const number = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const sum = naturalLogarithm(a) + naturalLogarithm(b);
        expect(naturalLogarithm(a * b)).toBeCloseTo(sum, 13);
      }),
    );
  });
});
