import { naturalLogarithm } from "../core/logarithm.ts";
import type { Random } from "../core/random.ts";
import type { Distribution } from "../scenario/scenario.ts";

/** One number from `distribution`; takes exactly one draw from `random`, whatever the kind. */
export function draw(distribution: Distribution, random: Random): number {
  const u = random.next();
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "uniform":
      return distribution.min + u * (distribution.max - distribution.min);
    case "exponential":
      return -distribution.mean * naturalLogarithm(1 - u);
    case "values":
      return drawValue(distribution.values, u);
    case "table":
      return drawTable(distribution.points, u);
  }
}

function drawValue(values: readonly { value: number; weight: number }[], u: number): number {
  let total = 0;
  for (const { weight } of values) total += weight;
  let rest = u * total;
  for (const { value, weight } of values) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return (values.at(-1) as { value: number }).value;
}

/** Inverse of a CDF given as points in ascending order, linear between them. */
function drawTable(points: readonly { cdf: number; value: number }[], u: number): number {
  let before = points[0] as { cdf: number; value: number };
  for (const point of points) {
    if (u <= point.cdf) {
      const width = point.cdf - before.cdf;
      if (width <= 0) return point.value;
      return before.value + ((u - before.cdf) / width) * (point.value - before.value);
    }
    before = point;
  }
  return before.value;
}
