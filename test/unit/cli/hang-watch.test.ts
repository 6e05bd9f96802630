import { expect, test } from "@jest/globals";
import { HangWatch } from "../../../src/cli/hang-watch.ts";
import { StrategyError } from "../../../src/strategies/strategy-error.ts";

const call = (number: number) => {
  return { number, where: 'Choker "a, b" of dsl/3, choose()', time: 120_000 };
};

test("tells of a call that is still the same after ten looks, by strategy, peer and time", () => {
  const watch = new HangWatch();
  for (let look = 0; look < 10; look++) expect(watch.look(call(7), 10)).toBeUndefined();
  const error = watch.look(call(7), 10);
  expect(error).toBeInstanceOf(StrategyError);
  expect(error?.message).toBe(
    'Choker "a, b" of dsl/3, at 120 s, choose(): has not returned for 10 s.',
  );
});

test("counts anew when another call is seen, or none", () => {
  const watch = new HangWatch();
  for (let round = 0; round < 20; round++) {
    expect(watch.look(call(round), 2)).toBeUndefined();
    expect(watch.look(call(round), 2)).toBeUndefined();
    if (round % 2 === 0) expect(watch.look(undefined, 2)).toBeUndefined();
  }
});
