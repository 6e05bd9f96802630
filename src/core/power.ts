import { assert } from "./assert.ts";

/** `base` to a whole `exponent` of 0 or more, by multiplication alone: the same on every machine, which `**` need not be. */
export function power(base: number, exponent: number): number {
  assert(Number.isSafeInteger(exponent) && exponent >= 0, `an exponent of ${exponent}`);
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
