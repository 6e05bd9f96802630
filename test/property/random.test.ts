import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { randomBelow, sample, shuffle } from "../../src/core/random.ts";
import { randomOf } from "../support/neighbours.ts";

const seed = fc.nat();
const size = fc.nat(30);

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function sorted(items: readonly number[]): number[] {
  return [...items].sort((a, b) => a - b);
}

/** Chi-squared of `counts` against all alike. */
function chiSquared(counts: readonly number[]): number {
  const mean = counts.reduce((a, b) => a + b) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

describe("chance", () => {
  test("below a bound is an integer from 0 to the one before it, even at the ends of a stream", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 1_000_000 }), (one, bound) => {
        const value = randomBelow(randomOf(one), bound);
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(bound);
        expect(randomBelow({ next: () => 0 }, bound)).toBe(0);
        expect(randomBelow({ next: () => 1 - 2 ** -32 }, bound)).toBe(bound - 1);
      }),
    );
  });

  test("a shuffle is a permutation in place, and the same for the same seed", () => {
    fc.assert(
      fc.property(seed, size, (one, count) => {
        const items = upTo(count);
        expect(shuffle(randomOf(one), items)).toBe(items);
        expect(sorted(items)).toEqual(upTo(count));
        expect(shuffle(randomOf(one), upTo(count))).toEqual(items);
      }),
    );
  });

  test("a sample is of different items of the pool, as many as asked for or all", () => {
    fc.assert(
      fc.property(seed, size, size, (one, count, wanted) => {
        const pool = upTo(count);
        const drawn = sample(randomOf(one), pool, wanted);
        expect(drawn).toHaveLength(Math.min(count, wanted));
        expect(new Set(drawn).size).toBe(drawn.length);
        for (const item of drawn) expect(pool).toContain(item);
        expect(pool).toEqual(upTo(count)); // the pool is left alone
      }),
    );
  });

  test("a shuffle makes all six orders of three alike often", () => {
    const random = randomOf("orders");
    const counts = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = shuffle(random, [0, 1, 2]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    expect(chiSquared([...counts.values()])).toBeLessThan(20.5); // 5 degrees, p = 0.001
  });

  test("a sample takes every item alike often, at every place", () => {
    const random = randomOf("places");
    const first = [0, 0, 0, 0, 0];
    const taken = [0, 0, 0, 0, 0];
    for (let i = 0; i < 5_000; i++) {
      const drawn = sample(random, upTo(5), 2);
      first[drawn[0] as number] = (first[drawn[0] as number] as number) + 1;
      for (const item of drawn) taken[item] = (taken[item] as number) + 1;
    }
    expect(chiSquared(first)).toBeLessThan(18.5); // 4 degrees, p = 0.001
    expect(chiSquared(taken)).toBeLessThan(18.5);
  });
});
