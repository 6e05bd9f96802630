import { describe, expect, test } from "@jest/globals";
import { SharedState } from "../../../src/cli/shared-state.ts";

const where = 'Choker "mine" of dsl/3, choose()';
const progress = {
  simulatedSeconds: 12.5,
  events: 1e9,
  blocks: 7,
  completed: 3,
  arrived: 4,
  expected: 5,
  fraction: 0.25,
};

/** Both ends of one memory. */
function pair(): [SharedState, SharedState] {
  const one = new SharedState();
  return [one, new SharedState(one.memory)];
}

describe("what two threads share", () => {
  test("is nothing at first", () => {
    const [, other] = pair();
    expect([other.isCancelled, other.call]).toEqual([false, undefined]);
    expect(Object.values(other.progress)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test("is how far the run is, and whether it shall stop", () => {
    const [one, other] = pair();
    one.progress = progress;
    expect(other.progress).toEqual(progress);
    other.cancel();
    expect(one.isCancelled).toBe(true);
  });

  test("is the call that the run is in, until it returns", () => {
    const [one, other] = pair();
    one.entered(where, 1500);
    expect(other.call).toEqual({ number: 1, where, time: 1500 });
    one.left();
    expect(other.call).toBeUndefined();
    one.entered(where, 2000);
    expect(other.call).toEqual({ number: 2, where, time: 2000 });
    one.entered("x, pick()", 2000);
    expect(other.call).toEqual({ number: 3, where: "x, pick()", time: 2000 });
  });

  test("has room for the beginning of a name of any length and script", () => {
    const [one, other] = pair();
    const long = `Choker "ж${"x".repeat(1000)}", choose()`;
    one.entered(long, 0);
    expect(other.call?.where).toBe(long.slice(0, 200));
  });
});
