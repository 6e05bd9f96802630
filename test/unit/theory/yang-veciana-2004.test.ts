import { expect, test } from "@jest/globals";
import { copies, doublingTime, meanDelay } from "../../../src/theory/yang-veciana-2004.ts";

const burst = { size: 1200, upload: 100, parts: 1 };

test("copies double each time that an uplink takes for a part", () => {
  expect(doublingTime(burst)).toBe(12);
  expect(doublingTime({ ...burst, parts: 4 })).toBe(3);
  expect([0, 11.9, 12, 24, 60].map((time) => copies(burst, time))).toEqual([1, 1, 2, 4, 32]);
  expect(copies({ ...burst, parts: 4 }, 12)).toBe(16);
});

test("each doubling of a burst costs the time of one part more", () => {
  for (const parts of [1, 4, 128]) {
    const many = { ...burst, parts };
    expect(meanDelay(many, 1)).toBe(12);
    expect(meanDelay(many, 64) - meanDelay(many, 32)).toBeCloseTo(12 / parts, 9);
  }
});

test("40 peers wait 2.2 times as long for 4 parts as for 128", () => {
  const [few, many] = [4, 128].map((parts) => meanDelay({ ...burst, parts }, 40));
  expect(few! / many!).toBeCloseTo(2.24, 2);
});

test("what makes no sense is refused by its name", () => {
  expect(() => meanDelay(burst, 0)).toThrow("peers is 0, and must be a whole number of 1 or more.");
  expect(() => doublingTime({ ...burst, upload: 0 })).toThrow("upload is 0, and must be above 0.");
  expect(() => copies({ ...burst, size: 0 }, 1)).toThrow(
    "the doubling time is 0, and must be above 0.",
  );
});
