import { describe, expect, test } from "@jest/globals";
import { type Match, standings } from "../../../src/compare/tournament.ts";

const names = ["a", "b", "c"];

/** A match whose first side is ahead by so much, a seed each. */
function match(first: number, second: number, ...logRatios: (number | null)[]): Match {
  return { first, second, share: 0.5, logRatios };
}

const matches = [
  match(0, 1, 0.3, 0.5), // a beats b
  match(1, 0, -0.1, 0.1), // on the other side b loses one and wins one
  match(0, 2, 0.2, 0.2),
  match(2, 0, -0.4, 0.01), // the last is a draw
  match(1, 2, -0.6, -0.6), // c beats b
  match(2, 1, 0.6, 0.6),
];
const alone = [
  [10, 12],
  [20, 20],
  [null, 5],
];

describe("the standings of a tournament", () => {
  const table = standings(names, matches, alone);
  const of = (name: string) => table.find(({ strategy }) => strategy === name);

  test("have the best first, by the mean over opponents", () => {
    // a: b by 0.1 and 0.2 (mean over sides: 0.2, 0.2), c by 0.3, 0.095
    expect(table.map(({ strategy }) => strategy)).toEqual(["c", "a", "b"]);
    const perSeed = of("a")?.logRatio?.perSeed ?? [];
    expect(perSeed[0]).toBeCloseTo(((0.3 + 0.1) / 2 + (0.2 + 0.4) / 2) / 2, 12);
    expect(perSeed[1]).toBeCloseTo(((0.5 - 0.1) / 2 + (0.2 - 0.01) / 2) / 2, 12);
  });

  test("give one what they take from the other", () => {
    for (const { strategy, pairings } of table) {
      for (const { opponent, logRatio, wins, draws, losses } of pairings) {
        const back = of(opponent)?.pairings.find((one) => one.opponent === strategy);
        expect(back?.logRatio?.mean).toBeCloseTo(-(logRatio?.mean ?? Number.NaN), 12);
        expect([back?.wins, back?.draws, back?.losses]).toEqual([losses, draws, wins]);
      }
    }
    const sum = table.reduce((total, { logRatio }) => total + (logRatio?.mean ?? 0), 0);
    expect(sum).toBeCloseTo(0, 12);
  });

  test("count a run that is less than 2 % apart as a draw", () => {
    const [pairing] = of("a")?.pairings.filter(({ opponent }) => opponent === "c") ?? [];
    expect(pairing).toMatchObject({ wins: 3, draws: 1, losses: 0 });
  });

  test("have an interval over the seeds, and each strategy's speed alone", () => {
    const { interval, mean } = of("b")?.logRatio ?? { interval: null, mean: 0 };
    expect(interval?.low).toBeLessThanOrEqual(mean);
    expect(interval?.high).toBeGreaterThanOrEqual(mean);
    expect(of("c")?.alone).toEqual([null, 5]);
  });

  test("leave out what has no value, and put those without a match last", () => {
    const some = standings(names, [match(1, 2, null, 0.5)], [[], [], []]);
    expect(some.map(({ strategy }) => strategy)).toEqual(["b", "c", "a"]);
    expect(some[0]?.logRatio).toEqual({ perSeed: [null, 0.5], mean: 0.5, interval: null });
    expect(some[2]?.logRatio).toBeNull();
  });
});
