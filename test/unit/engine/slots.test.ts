import { describe, expect, test } from "@jest/globals";
import { rateBasedSlots } from "../../../src/engine/profiles.ts";
import { uploadSlots } from "../../../src/engine/slots.ts";
import { neighbour } from "../../support/neighbours.ts";

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

  test("are those of Azureus's table, the bounds excluded (A2)", () => {
    const azureus = (rate: number) => uploadSlots({ rule: "azureus" }, rate * 1024, []);
    expect([0, 10.999, 11, 34.999, 35, 79.999].map(azureus)).toEqual([2, 2, 3, 3, 4, 4]);
    expect([80, 199.999, 200, 349.999, 350].map(azureus)).toEqual([5, 5, 6, 6, 7]);
    expect([599.999, 600, 899.999, 900, 1e6].map(azureus)).toEqual([7, 8, 8, 9, 9]);
    expect(azureus(Number.POSITIVE_INFINITY)).toBe(9);
  });

  test("are as many as take more than a rising threshold, and one, by libtorrent's rule (A2)", () => {
    const slots = (...rates: number[]) =>
      uploadSlots(
        rateBasedSlots,
        1e6,
        rates.map((uploadRate, i) => neighbour(i, { uploadRate })),
      );
    // 1024 bytes per second for the first, 2048 more for each next one, whatever their order.
    expect(slots()).toBe(1);
    expect(slots(1023)).toBe(1);
    expect(slots(1024)).toBe(2);
    expect(slots(3072, 1024)).toBe(2); // the fastest first: the second would have to take 3072 too
    expect(slots(3072, 3072)).toBe(3);
    expect(slots(5119, 9000, 9000)).toBe(3);
    expect(slots(9000, 5120, 9000)).toBe(4);
    expect(slots(...new Array(10).fill(1e9))).toBe(11);
  });

  test("are what a fixed rule says, whatever the uplink", () => {
    for (const uplink of [0, 1e6, Number.POSITIVE_INFINITY]) {
      expect(uploadSlots({ rule: "fixed", slots: 3 }, uplink, [])).toBe(3);
    }
  });
});
