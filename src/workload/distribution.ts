import { exponential } from "../core/exponential.ts";
import { naturalLogarithm } from "../core/logarithm.ts";
import type { Random } from "../core/random.ts";
import type { Distribution } from "../scenario/scenario.ts";

/** One number from `distribution`; takes exactly one draw from `random`, whatever the kind. */
export function draw(distribution: Distribution, random: Random): number {
  return quantileOf(distribution, random.next());
}

/** The number of `distribution` that a draw of `u`, from 0 to below 1, stands for. */
export function quantileOf(distribution: Distribution, u: number): number {
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
      return drawTable(distribution, u);
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

/** Inverse of a CDF given as points in ascending order. */
function drawTable({ points, interpolation }: Distribution & { kind: "table" }, u: number): number {
  const at = firstFrom(points, u);
  const point = points[Math.min(at, points.length - 1)] as { cdf: number; value: number };
  const before = points[at - 1] ?? point;
  const width = point.cdf - before.cdf;
  if (at === points.length || width <= 0) return point.value;
  const share = (u - before.cdf) / width;
  if (interpolation === "linear") return before.value + share * (point.value - before.value);
  if (share === 1) return point.value;
  // The last bits of the exponential must not carry it beyond the point.
  const value = before.value * exponential(share * naturalLogarithm(point.value / before.value));
  return Math.min(value, point.value);
}

/** Index of the first point whose share is at least `u`. */
function firstFrom(points: readonly { cdf: number }[], u: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle] as { cdf: number }).cdf >= u) high = middle;
    else low = middle + 1;
  }
  return low;
}
