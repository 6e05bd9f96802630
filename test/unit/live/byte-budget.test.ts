import { describe, expect, test } from "@jest/globals";
import { ByteBudget } from "../../../src/live/byte-budget.ts";

describe("a byte budget", () => {
  test("lets bytes through at its rate", () => {
    const budget = new ByteBudget(16_384_000);
    let sent = 0;
    for (let now = 0; now < 1_000; now++) {
      while (budget.isReady(now)) {
        budget.take(16_384, now);
        sent += 16_384;
      }
    }
    // What it may save up before the first, and one block that it may overdraw by.
    expect(sent).toBeGreaterThanOrEqual(16_384_000);
    expect(sent).toBeLessThan(16_384_000 * 1.03);
  });

  test("says when the next may go", () => {
    const budget = new ByteBudget(1_000);
    budget.take(500, 100);
    expect(budget.readyAt).toBe(100 - 20 + 500);
    expect([budget.isReady(579), budget.isReady(580)]).toEqual([false, true]);
  });

  test("saves up no more than a moment while nothing is sent", () => {
    const budget = new ByteBudget(1_000);
    budget.take(100, 1_000_000);
    expect(budget.readyAt).toBe(1_000_080);
  });

  test("without a limit is always ready", () => {
    const budget = new ByteBudget(Number.POSITIVE_INFINITY);
    budget.take(1e12, 5);
    expect(budget.isReady(5)).toBe(true);
  });
});
