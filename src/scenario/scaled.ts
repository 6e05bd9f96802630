import type { Distribution } from "./scenario.ts";

/** The distribution of what `from` draws, times `factor`. */
export function scaled(from: Distribution, factor: number): Distribution {
  if (factor === 1) return from;
  switch (from.kind) {
    case "constant":
      return { ...from, value: from.value * factor };
    case "uniform":
      return { ...from, min: from.min * factor, max: from.max * factor };
    case "exponential":
      return { ...from, mean: from.mean * factor };
    case "values":
      return { ...from, values: from.values.map((one) => ({ ...one, value: one.value * factor })) };
    case "table":
      return { ...from, points: from.points.map((one) => ({ ...one, value: one.value * factor })) };
  }
}

/** Every value that a distribution names. */
export function valuesOf(from: Distribution): number[] {
  switch (from.kind) {
    case "constant":
      return [from.value];
    case "uniform":
      return [from.min, from.max];
    case "exponential":
      return [from.mean];
    case "values":
      return from.values.map(({ value }) => value);
    case "table":
      return from.points.map(({ value }) => value);
  }
}
