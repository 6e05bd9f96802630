import fc from "fast-check";
import type { Distribution } from "../../src/scenario/scenario.ts";

export const HOUR = 3_600_000;

/** Doubles of all sorts between the two, the round ones that people write among them. */
export function number(min: number, max: number): fc.Arbitrary<number> {
  const double = fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value)); // no -0
  const [least, most] = [Math.ceil(min), Math.floor(max)];
  return least > most ? double : fc.oneof(double, fc.integer({ min: least, max: most }));
}

export const whole = (min: number, max: number) => fc.integer({ min, max });
export const share = number(0, 1);
export const rate = number(0.001, 1.25e11);
export const delay = number(0, 60_000);
export const time = number(0, HOUR);
export const positiveTime = number(0.001, HOUR);

/** Text of any kind that a file may hold. */
export const text = fc.string({ unit: "binary", maxLength: 30 });
export const line = text.map((one) => one.replace(/\p{Cc}/gu, "") || "x");

export function distribution(
  value: fc.Arbitrary<number>,
  canBeTiny: boolean,
): fc.Arbitrary<Distribution> {
  const weighted = fc.record({ value, weight: number(0.001, 1000) });
  const points = fc.array(fc.tuple(share, value), { minLength: 1, maxLength: 5 }).map((pairs) => {
    const shares = [...pairs.map(([cdf]) => cdf).sort((a, b) => a - b), 1];
    const values = pairs.map(([, one]) => one).sort((a, b) => a - b);
    return shares.map((cdf, i) => ({ cdf, value: values[i] ?? (values.at(-1) as number) }));
  });
  const kinds: fc.Arbitrary<Distribution>[] = [
    value.map((one) => ({ kind: "constant", value: one })),
    fc
      .tuple(value, value)
      .map(([a, b]) => ({ kind: "uniform", min: Math.min(a, b), max: Math.max(a, b) })),
    fc
      .array(weighted, { minLength: 1, maxLength: 5 })
      .map((values) => ({ kind: "values", values })),
    fc.tuple(points, fc.boolean()).map(([table, isLog]) => ({
      kind: "table",
      points: table,
      interpolation: isLog && table.every((one) => one.value > 0) ? "logarithmic" : "linear",
    })),
  ];
  if (canBeTiny) kinds.push(value.map((mean) => ({ kind: "exponential", mean })));
  return fc.oneof(...kinds);
}
