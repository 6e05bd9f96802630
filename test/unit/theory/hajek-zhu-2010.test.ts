import { describe, expect, test } from "@jest/globals";
import { isStable, oneClubGrowth } from "../../../src/theory/hajek-zhu-2010.ts";

describe("a swarm whose peers leave at once", () => {
  test.each([
    [0.5, false, 0.5],
    [0.8, false, 0.2],
    [1, false, 0],
    [1.5, true, -0.5],
    [3, true, -2],
  ])("with a seeder of %d pieces for each arrival: stable is %s", (seedRate, stable, growth) => {
    expect(isStable({ arrivals: 1, seedRate })).toBe(stable);
    expect(oneClubGrowth({ arrivals: 1, seedRate })).toBeCloseTo(growth, 12);
  });
});

describe("a swarm whose peers stay", () => {
  test("needs a weaker seeder, and almost none when each uploads one piece more", () => {
    expect(oneClubGrowth({ arrivals: 1, seedRate: 0.4, extraUploads: 0.5 })).toBeCloseTo(0.2, 12);
    expect(isStable({ arrivals: 1, seedRate: 0.6, extraUploads: 0.5 })).toBe(true);
    expect(isStable({ arrivals: 1000, seedRate: 0.001, extraUploads: 1 })).toBe(true);
  });

  test("loses as many members to a piece as a chain of such peers has in the mean", () => {
    // Each serves one more with chance 0.6: 1 + 0.6 + 0.6² + …
    let chain = 0;
    for (let link = 0, chance = 1; link < 200; link++, chance *= 0.6) chain += chance;
    const growth = oneClubGrowth({ arrivals: 2, seedRate: 0.3, extraUploads: 0.6 });
    expect(growth).toBeCloseTo(2 - 0.3 * chain, 12);
  });
});

test("what makes no sense is refused by its name", () => {
  expect(() => isStable({ arrivals: 1, seedRate: 0 })).toThrow("seedRate is 0");
  expect(() => isStable({ arrivals: -1, seedRate: 1 })).toThrow("arrivals is -1");
  expect(() => isStable({ arrivals: 1, seedRate: 1, extraUploads: -1 })).toThrow("extraUploads");
});
