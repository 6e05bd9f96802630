import { describe, expect, test } from "@jest/globals";
import { sampleIndexes } from "../../../src/tracker/sample-indexes.ts";
import { randomOf } from "../../support/neighbours.ts";

/** Chi-squared of `counts` against all alike. */
function chiSquared(counts: readonly number[]): number {
  const mean = counts.reduce((a, b) => a + b) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

describe("a sample of indexes", () => {
  test("has as many as asked for, all different and below the bound", () => {
    const random = randomOf("sample");
    for (let bound = 0; bound < 12; bound++) {
      for (let count = 0; count < 14; count++) {
        const drawn = sampleIndexes(random, bound, count);
        expect(drawn).toHaveLength(Math.min(bound, count));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((index) => index >= 0 && index < bound)).toBe(true);
      }
    }
  });

  test("holds each index as often as another, in each place", () => {
    const random = randomOf("uniform");
    const places = [0, 1, 2, 3].map(() => new Array<number>(10).fill(0));
    for (let i = 0; i < 20_000; i++) {
      sampleIndexes(random, 10, 4).forEach((index, place) => {
        (places[place] as number[])[index] = ((places[place] as number[])[index] as number) + 1;
      });
    }
    // Nine degrees of freedom: above 27.9 once in a thousand.
    for (const counts of places) expect(chiSquared(counts)).toBeLessThan(27.9);
  });

  test("holds each pair as often as another", () => {
    const random = randomOf("pairs");
    const pairs = new Map<string, number>();
    for (let i = 0; i < 21_000; i++) {
      const key = sampleIndexes(random, 7, 2).join();
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
    }
    expect(pairs.size).toBe(42);
    // 41 degrees of freedom: above 74.7 once in a thousand.
    expect(chiSquared([...pairs.values()])).toBeLessThan(74.7);
  });

  test("draws as often as it has indexes, however many there are", () => {
    let draws = 0;
    const random = { next: () => (draws++ % 97) / 97 };
    sampleIndexes(random, 1_000_000, 50);
    expect(draws).toBeLessThan(100);
  });
});
