import { readQuantity } from "./read-quantity.ts";
import { type Dimension, units } from "./units.ts";

const zeros: Readonly<Record<Dimension, string>> = {
  size: "0 B",
  rate: "0 bit/s",
  duration: "0 s",
  frequency: "0 per s",
};

/** The quantity with the unit that makes the number shortest. `readQuantity` gives exactly `value` back, but for Infinity. */
export function formatQuantity(dimension: Dimension, value: number): string {
  if (value === 0) return zeros[dimension];
  if (value === Number.POSITIVE_INFINITY) return "unlimited";
  let best: { length: number; text: string } | undefined;
  for (const { name, factor, divisor } of units[dimension]) {
    const isInner = factor === 1 && divisor === 1;
    const amount = (value * divisor) / factor;
    if (amount < 1 && !isInner) continue;
    // Fifteen digits take the noise of the division off; the inner unit needs none.
    const number = String(isInner ? value : Number(amount.toPrecision(15)));
    // Of equals, whole numbers come first, then large units. Links are told in bits, unless bytes are much shorter.
    const isByteRate = dimension === "rate" && name.endsWith("B/s");
    const length = number.length + (number.includes(".") ? 0.5 : 0) + (isByteRate ? 1.5 : 0);
    if (best !== undefined && length >= best.length) continue;
    const text = `${number} ${name}`;
    if (readQuantity(dimension, text).value === value) best = { length, text };
  }
  return best?.text ?? String(value);
}
