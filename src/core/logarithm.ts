const bits = new DataView(new ArrayBuffer(8));

/**
 * Natural logarithm of a positive normal number from IEEE-exact operations only, so that draws that need it are the same
 * on every machine (`Math.log` may differ between engines). Relative error below 1e-15.
 */
export function naturalLogarithm(x: number): number {
  bits.setFloat64(0, x);
  let exponent = ((bits.getUint16(0) >>> 4) & 0x7ff) - 1023;
  bits.setUint16(0, (bits.getUint16(0) & 0x000f) | 0x3ff0);
  let mantissa = bits.getFloat64(0); // in [1, 2)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 atanh((m - 1) / (m + 1)), by its series; |s| <= 0.172
  const s = (mantissa - 1) / (mantissa + 1);
  const s2 = s * s;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * s2 + 1 / k;
  return 2 * s * sum + exponent * Math.LN2;
}
