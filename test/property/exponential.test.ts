import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { exponential } from "../../src/core/exponential.ts";
import { naturalLogarithm } from "../../src/core/logarithm.ts";

function relativeError(x: number): number {
  const expected = Math.exp(x);
  return Math.abs(exponential(x) - expected) / expected;
}

describe("our own exponential", () => {
  test("is Math.exp to 1e-14 wherever that is a normal number", () => {
    const number = fc.double({ min: -708, max: 708.99, noNaN: true });
    fc.assert(
      fc.property(number, (x) => {
        expect(relativeError(x)).toBeLessThan(1e-14);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is as good near zero and where the power of two changes", () => {
    const edge = fc
      .tuple(
        fc.integer({ min: -1000, max: 1000 }),
        fc.double({ min: -1e-6, max: 1e-6, noNaN: true }),
      )
      .map(([half, off]) => (half / 2) * Math.LN2 + off);
    fc.assert(
      fc.property(edge, (x) => {
        expect(relativeError(x)).toBeLessThan(1e-14);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is exact at zero, and has bounds", () => {
    expect(exponential(0)).toBe(1);
    expect(exponential(-0)).toBe(1);
    expect(relativeError(1)).toBeLessThan(3e-16);
    expect(exponential(709)).toBe(Number.POSITIVE_INFINITY);
    expect(exponential(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exponential(-709)).toBe(0);
    expect(exponential(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  test("undoes the logarithm", () => {
    const number = fc.double({ min: 1e-9, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(number, (x) => {
        expect(exponential(naturalLogarithm(x)) / x).toBeCloseTo(1, 12);
      }),
    );
  });

  test("has the same bits on every machine", () => {
    const bits = new DataView(new ArrayBuffer(8));
    let hash = 0n;
    for (let i = -7000; i <= 7000; i++) {
      bits.setFloat64(0, exponential(i / 10));
      hash = BigInt.asUintN(64, hash * 31n + bits.getBigUint64(0));
    }
    expect(hash.toString(16)).toBe("c378c8bc7c8b8c97");
  });
});
