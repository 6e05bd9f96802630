import { expect, test } from "@jest/globals";
import { power } from "../../../src/core/power.ts";

test.each([
  [2, 0, 1],
  [2, 10, 1024],
  [3, 5, 243],
  [0.5, 3, 0.125],
  [0, 0, 1],
  [0, 7, 0],
  [-2, 3, -8],
])("%d to the power of %d is %d", (base, exponent, expected) => {
  expect(power(base, exponent)).toBe(expected);
});

test("a great power of a number below one is that of Math.pow", () => {
  expect(power(0.999, 12_345) / 0.999 ** 12_345).toBeCloseTo(1, 10);
});

test.each([-1, 0.5, Number.NaN])("an exponent of %d is refused", (exponent) => {
  expect(() => power(2, exponent)).toThrow(`an exponent of ${exponent}`);
});
