import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { apportion } from "../../../src/core/apportion.ts";

test("whole shares are given as they are", () => {
  expect(apportion([0.1, 0.9], 350)).toEqual([35, 315]);
  expect(apportion([0, 1], 7)).toEqual([0, 7]);
  expect(apportion([1 / 350, 349 / 350], 350)).toEqual([1, 349]);
});

test("the largest remainders get one more, the first among equals", () => {
  expect(apportion([0.25, 0.35, 0.4], 10)).toEqual([3, 3, 4]);
  expect(apportion([0.5, 0.5], 3)).toEqual([2, 1]);
  expect(apportion([1 / 3, 1 / 3, 1 / 3], 2)).toEqual([1, 1, 0]);
});

test("the numbers add up, and each is less than one from its share", () => {
  const weights = fc
    .array(fc.nat(1000), { minLength: 1, maxLength: 8 })
    .filter((one) => one.some(Boolean));
  fc.assert(
    fc.property(weights, fc.nat(1_000_000), (parts, total) => {
      const sum = parts.reduce((a, b) => a + b, 0);
      const shares = parts.map((part) => part / sum);
      const counts = apportion(shares, total);
      expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
      counts.forEach((count, at) => {
        expect(Math.abs(count - shares[at]! * total)).toBeLessThan(1);
      });
    }),
  );
});
