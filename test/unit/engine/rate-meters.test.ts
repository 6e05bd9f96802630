import { describe, expect, test } from "@jest/globals";
import { ConnectionRows } from "../../../src/engine/connection-rows.ts";
import { RateMeters } from "../../../src/engine/rate-meters.ts";

const WINDOW = 20_000;

function started(): RateMeters {
  const rows = new ConnectionRows();
  rows.ensure(1);
  const meters = new RateMeters(rows);
  meters.start(0, 0, 5_000);
  return meters;
}

describe("rate meter", () => {
  test("follows the reference client's measure (test vector A1: 16,384 B at each second, fudge 5 s, window 20 s)", () => {
    const meters = started();
    const expected = new Map([
      [1, 2730.67],
      [5, 8192.0],
      [10, 10922.67],
      [15, 12288.0],
      [20, 13174.68],
      [30, 14413.75],
    ]);
    for (let second = 1; second <= 30; second++) {
      meters.add(0, 16_384, second * 1000, WINDOW);
      const rate = expected.get(second);
      if (rate !== undefined) expect(meters.lastRate(0)).toBeCloseTo(rate, 2);
    }
    const silence = [
      [31, 13727.38],
      [35, 11439.49],
      [40, 9151.59],
      [50, 6101.06],
      [60, 4067.37],
      [90, 1626.95],
    ] as const;
    for (const [second, rate] of silence) {
      expect(meters.rate(0, second * 1000, WINDOW)).toBeCloseTo(rate, 2);
    }
  });

  test("keeps the total, and leaves the neighbouring meter alone", () => {
    const meters = started();
    meters.start(1, 0, 5_000);
    meters.add(0, 100, 1_000, WINDOW);
    meters.add(0, 50, 2_000, WINDOW);
    expect(meters.total(0)).toBe(150);
    expect(meters.total(1)).toBe(0);
    expect(meters.rate(1, 2_000, WINDOW)).toBe(0);
  });

  test("starts anew when its handle is used again", () => {
    const meters = started();
    meters.add(0, 1_000_000, 1_000, WINDOW);
    meters.start(0, 2_000, 5_000);
    expect(meters.total(0)).toBe(0);
    expect(meters.rate(0, 3_000, WINDOW)).toBe(0);
  });

  test("tells who only looks on the same rate, and goes on as if nobody had looked", () => {
    const [looked, left] = [started(), started()];
    for (const meters of [looked, left]) meters.add(0, 1_000_000, 1_000, WINDOW);
    const read = started();
    read.add(0, 1_000_000, 1_000, WINDOW);
    const seen = looked.untouched(() => looked.rate(0, 21_000, WINDOW));
    expect(seen).toBe(read.rate(0, 21_000, WINDOW));
    expect(looked.lastRate(0)).toBe(left.lastRate(0));
    const later = left.rate(0, 41_000, WINDOW);
    expect(looked.rate(0, 41_000, WINDOW)).toBe(later);
    expect(read.rate(0, 41_000, WINDOW)).not.toBe(later); // why a look must not touch
  });

  test("is touched again after a look that failed", () => {
    const meters = started();
    meters.add(0, 1_000, 1_000, WINDOW);
    const failing = () => {
      throw new Error("no words");
    };
    expect(() => meters.untouched(failing)).toThrow("no words");
    meters.rate(0, 9_000, WINDOW);
    expect(meters.lastRate(0)).toBe(meters.rate(0, 9_000, WINDOW));
  });
});
