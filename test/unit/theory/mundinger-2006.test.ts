import { describe, expect, test } from "@jest/globals";
import { fluidLimit, optimalRounds, optimalTime } from "../../../src/theory/mundinger-2006.ts";

describe("the optimum of Mundinger, Weber and Weiss", () => {
  test.each([
    [1, 1],
    [3, 1],
    [1, 2],
    [2, 2],
    [3, 2],
    [1, 3],
    [2, 3],
    [3, 3],
    [1, 4],
    [2, 4],
    [1, 5],
    [1, 7],
  ])("of %d parts and %d users is what trying every schedule comes to", (parts, users) => {
    expect(optimalRounds(parts, users)).toBe(fewestRounds(parts, users));
  });

  test.each([3, 4, 5, 6, 7, 8])("is M - 1 + k rounds for 2^%d - 1 users", (k) => {
    expect(optimalRounds(32, 2 ** k - 1)).toBe(31 + k);
    expect(optimalRounds(32, 2 ** k)).toBe(32 + k);
  });

  test("in seconds is a round for each, and comes near the fluid limit with many parts", () => {
    const file = { size: 1000, users: 100, upload: 10 };
    expect(optimalTime({ ...file, parts: 1 })).toBe(700);
    expect(optimalTime({ ...file, parts: 6 })).toBeCloseTo(200, 9);
    const fluid = fluidLimit(
      1000,
      10,
      Array.from({ length: 100 }, () => 10),
    );
    expect(fluid).toBe(100);
    expect(optimalTime({ ...file, parts: 6000 })).toBeCloseTo(100.1, 9);
  });
});

test("the fluid limit is set by the server alone, or by all uplinks", () => {
  expect(fluidLimit(100, 1, [50, 50])).toBe(100);
  expect(fluidLimit(100, 10, [0, 0, 10])).toBe(15);
});

test("what makes no sense is refused by its name", () => {
  expect(() => optimalRounds(0, 1)).toThrow("parts is 0, and must be a whole number of 1 or more.");
  expect(() => optimalRounds(1, 1.5)).toThrow(
    "users is 1.5, and must be a whole number of 1 or more.",
  );
  expect(() => fluidLimit(1, 0, [])).toThrow("server is 0, and must be above 0.");
  expect(() => fluidLimit(1, 1, [-1])).toThrow("an uplink of users is -1, and must be 0 or more.");
});

/** Breadth first over what users have, as sorted bit masks, since users are alike. */
function fewestRounds(parts: number, users: number): number {
  const all = 2 ** parts - 1;
  let states = new Map([["0,".repeat(users), new Array<number>(users).fill(0)]]);
  for (let rounds = 0; ; rounds++) {
    const next = new Map<string, number[]>();
    for (const state of states.values()) {
      if (state.every((has) => has === all)) return rounds;
      for (const after of afterRound(state, all)) {
        const sorted = [...after].sort((a, b) => a - b);
        next.set(String(sorted), sorted);
      }
    }
    states = next;
  }
}

/** Every state after one round: server and users each send one part that they had before, to anybody who lacked it. */
function afterRound(before: readonly number[], all: number): number[][] {
  let states = [[...before]];
  for (const has of [all, ...before]) {
    const seen = new Map<string, number[]>();
    for (const state of states) {
      seen.set(String(state), state);
      for (const [to, owned] of state.entries()) {
        for (let part = 1; part <= all; part *= 2) {
          if ((has & part) === 0 || (owned & part) !== 0) continue;
          const changed = state.with(to, owned | part);
          seen.set(String(changed), changed);
        }
      }
    }
    states = [...seen.values()];
  }
  return states;
}
