import { describe, expect, test } from "@jest/globals";
import { uploadSlots } from "../../../src/engine/slots.ts";

/** For an uplink of so many kB/s of 1024 bytes. */
function mainline(rate: number): number {
  return uploadSlots({ rule: "mainline" }, rate * 1024, []);
}

describe("upload slots", () => {
  test("are those of the reference client's _set_auto_uploads (A2)", () => {
    const table = [42, 100, 128, 200, 300, 512, 1024].map((rate) => mainline(rate));
    expect(table).toEqual([5, 7, 8, 10, 13, 17, 24]);
  });

  test("are 2, 3 and 4 for uplinks below 9, 15 and 42 kB/s, the bounds excluded", () => {
    expect([0, 1, 8, 8.999].map((rate) => mainline(rate))).toEqual([2, 2, 2, 2]);
    expect([9, 12, 14.999].map((rate) => mainline(rate))).toEqual([3, 3, 3]);
    expect([15, 20, 41.999].map((rate) => mainline(rate))).toEqual([4, 4, 4]);
    expect(mainline(42)).toBe(5);
  });

  test("are 7 for an unlimited uplink", () => {
    expect(mainline(Number.POSITIVE_INFINITY)).toBe(7);
  });

  test("never become fewer as the uplink grows", () => {
    let before = 0;
    for (let rate = 0; rate < 20_000; rate++) {
      const slots = mainline(rate);
      expect(slots).toBeGreaterThanOrEqual(before);
      before = slots;
    }
  });

  test("are what a fixed rule says, whatever the uplink", () => {
    for (const uplink of [0, 1e6, Number.POSITIVE_INFINITY]) {
      expect(uploadSlots({ rule: "fixed", slots: 3 }, uplink, [])).toBe(3);
    }
  });
});
