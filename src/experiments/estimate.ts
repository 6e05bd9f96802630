import { bootstrapInterval, type Interval } from "../compare/bootstrap.ts";
import type { Finding, KeptRun } from "./experiment.ts";

/** A mean over seeds. */
export interface Estimate {
  /** Null when no seed has one. */
  readonly value: number | null;
  /** 95 %, by bootstrap over the seeds; null for fewer than two. */
  readonly interval: Interval | null;
}

/** The mean of one number a seed, over the seeds that have it. */
export function estimate(values: readonly (number | null)[]): Estimate {
  const there = values.filter((value) => value !== null);
  if (there.length === 0) return { value: null, interval: null };
  const mean = there.reduce((total, value) => total + value, 0) / there.length;
  return { value: mean, interval: bootstrapInterval(there) };
}

/** A number of each run of a variant, in the order of the seeds. */
export function valuesOf<K>(
  runs: readonly KeptRun<K>[],
  variant: string,
  pick: (kept: K) => number | null,
): (number | null)[] {
  return runs
    .filter(({ cell }) => cell.variant === variant)
    .sort((a, b) => a.cell.seed - b.cell.seed)
    .map(({ kept }) => pick(kept));
}

/** `estimate` of a variant's runs. */
export function estimateOf<K>(
  runs: readonly KeptRun<K>[],
  variant: string,
  pick: (kept: K) => number | null,
): Estimate {
  return estimate(valuesOf(runs, variant, pick));
}

/** A function of a number of one variant and that of another, seed by seed. Seeds that lack either are left out. */
export function paired<K>(
  runs: readonly KeptRun<K>[],
  [first, second]: readonly [string, string],
  pick: (kept: K) => number | null,
  join: (first: number, second: number) => number,
): Estimate {
  const own = bySeed(runs, first, pick);
  const other = bySeed(runs, second, pick);
  const joined = [...own].flatMap(([seed, value]) => {
    const against = other.get(seed);
    return against === undefined ? [] : [join(value, against)];
  });
  return estimate(joined);
}

function bySeed<K>(
  runs: readonly KeptRun<K>[],
  variant: string,
  pick: (kept: K) => number | null,
): Map<number, number> {
  const values = new Map<number, number>();
  for (const { cell, kept } of runs) {
    const value = cell.variant === variant ? pick(kept) : null;
    if (value !== null) values.set(cell.seed, value);
  }
  return values;
}

/** Whether the interval (or, with one seed, the value) has a number from `low` to `high` in it. */
export function overlaps({ value, interval }: Estimate, low: number, high: number): boolean {
  if (value === null) return false;
  const { low: least, high: most } = interval ?? { low: value, high: value };
  return least <= high && most >= low;
}

/** A finding that is reproduced when the interval reaches into `low`..`high`. `because` is said only where it does not. */
export function bandFinding({
  ours,
  unit,
  low,
  high,
  because,
  ...texts
}: Pick<Finding, "what" | "published" | "tolerance"> & {
  readonly ours: Estimate;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly because?: string;
}): Finding {
  return finding({ ...texts, ours: { ...ours, unit } }, overlaps(ours, low, high), because);
}

/** A finding with its verdict. */
export function finding(
  texts: Omit<Finding, "verdict" | "because">,
  isReproduced: boolean,
  because?: string,
): Finding {
  if (isReproduced) return { ...texts, verdict: "reproduced" };
  return { ...texts, verdict: "not reproduced", ...(because !== undefined && { because }) };
}
