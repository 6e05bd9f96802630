import { naturalLogarithm } from "../core/logarithm.ts";
import type { CapacityPoint } from "./capacities.ts";

/**
 * A part of a distribution of capacities: the share of the peers between two capacities, even in the logarithm, so that its
 * density is in proportion to 1/x. With both the same, it is a share of peers of one capacity.
 */
export interface CapacityPart {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  /** Density times x. Of no meaning where all have one capacity. */
  readonly density: number;
}

/**
 * The parts between the points of a cumulative distribution. A first point above 0, or two points with one value, make a
 * share of peers of that capacity. Throws a RangeError where the points are no distribution.
 */
export function capacityParts(points: readonly CapacityPoint[]): CapacityPart[] {
  const parts: CapacityPart[] = [];
  let before: CapacityPoint = { cdf: 0, value: points[0]?.value ?? 0 };
  points.forEach((point, at) => {
    if (!(point.value > 0 && point.value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`Point ${at} has the capacity ${point.value}; give one above 0.`);
    }
    if (!(point.cdf >= before.cdf && point.value >= before.value)) {
      throw new RangeError(
        `Point ${at} is below the one before it; give points in ascending order.`,
      );
    }
    parts.push(...part(before.value, point.value, point.cdf - before.cdf));
    before = point;
  });
  if (Math.abs(before.cdf - 1) > 1e-9) {
    throw new RangeError(`The last point has the share ${before.cdf}; the last share must be 1.`);
  }
  return parts;
}

/** Cuts parts in two at each of the `bounds`, which ascend. */
export function cutParts(
  parts: readonly CapacityPart[],
  bounds: readonly number[],
): CapacityPart[] {
  return parts.flatMap((one) => {
    const { from, to, density } = one;
    const within = bounds.filter((bound) => bound > from && bound < to);
    if (within.length === 0) return [one];
    return [...within, to].flatMap((end, at) => {
      const start = within[at - 1] ?? from;
      return part(start, end, density * naturalLogarithm(end / start));
    });
  });
}

/** Share of the peers that belong to the part and have at most `x`. */
export function shareUpTo(part: CapacityPart, x: number): number {
  if (isAllUpTo(part, x)) return part.share;
  return x <= part.from ? 0 : part.density * naturalLogarithm(x / part.from);
}

/** Sum of their capacities, for one peer in all: capacity times share. */
export function sumUpTo(part: CapacityPart, x: number): number {
  const { from, to, share, density } = part;
  if (from === to) return isAllUpTo(part, x) ? share * to : 0;
  return x <= from ? 0 : density * (Math.min(x, to) - from);
}

/** A capacity divided by its slots and multiplied again may come out a bit below itself. */
function isAllUpTo({ to }: CapacityPart, x: number): boolean {
  return x >= to * (1 - 1e-12);
}

function part(from: number, to: number, share: number): CapacityPart[] {
  if (share <= 0) return [];
  return [{ from, to, share, density: from === to ? 0 : share / naturalLogarithm(to / from) }];
}
