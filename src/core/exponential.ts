const bits = new DataView(new ArrayBuffer(8));

/** ln 2 in two parts, the first so short that its products with exponents are exact. */
const LN2_HIGH = 0x162e42fee0 / 0x20_0000_0000;
const LN2_LOW = 1.908214929270587e-10;

/** Beyond these the result is no normal number. */
const LEAST = -708;
const MOST = 709;

/**
 * e to the power of `x` from IEEE-exact operations only, as `naturalLogarithm` is its inverse. Relative error below 1e-15. From
 * 709 on it is taken for Infinity, and below -708 for 0.
 */
export function exponential(x: number): number {
  if (x >= MOST) return Number.POSITIVE_INFINITY;
  if (x < LEAST) return 0;
  const power = Math.round(x / Math.LN2);
  const rest = x - power * LN2_HIGH - power * LN2_LOW; // |rest| <= 0.347
  let sum = 1;
  for (let k = 14; k >= 1; k--) sum = 1 + (sum * rest) / k;
  bits.setFloat64(0, 1);
  bits.setUint16(0, (power + 1023) << 4);
  return sum * bits.getFloat64(0);
}
