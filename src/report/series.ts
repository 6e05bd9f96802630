import type { RunResult, SampleRow } from "../metrics/results.ts";

/** Points that a line keeps: more than a chart has room for. */
const maxPoints = 200;

/** A row that holds since the row before it. */
export interface Timed {
  readonly timeSeconds: number;
}

/** Rows that become one point, and how long each holds. */
export interface Bucket<R extends Timed> {
  /** When it ends. */
  readonly timeSeconds: number;
  readonly rows: readonly R[];
  readonly spans: readonly number[];
}

/** A step of a cumulative distribution. */
export interface Step {
  readonly value: number;
  /** Of all, 0..1. */
  readonly share: number;
}

/** Rows in order of time, joined into at most `limit` buckets of as many rows each. Rows that hold for no time are left out. */
export function buckets<R extends Timed>(rows: readonly R[], limit = maxPoints): Bucket<R>[] {
  const kept: R[] = [];
  const spans: number[] = [];
  let before = 0;
  for (const row of rows) {
    const span = row.timeSeconds - before;
    before = row.timeSeconds;
    if (span <= 0 && kept.length > 0) continue;
    kept.push(row);
    spans.push(span);
  }
  const size = Math.max(1, Math.ceil(kept.length / limit));
  const joined: Bucket<R>[] = [];
  for (let from = 0; from < kept.length; from += size) {
    const part = kept.slice(from, from + size);
    const { timeSeconds } = part.at(-1) as R;
    joined.push({ timeSeconds, rows: part, spans: spans.slice(from, from + size) });
  }
  return joined;
}

/** The mean of a bucket's values by time; null where none of them has one. */
export function bucketMean<R extends Timed>(
  bucket: Bucket<R>,
  value: (row: R) => number | null,
): number | null {
  let total = 0;
  let weight = 0;
  bucket.rows.forEach((row, at) => {
    const one = value(row);
    if (one === null) return;
    const span = Math.max(bucket.spans[at] as number, 1e-9); // the very first row may hold for no time
    total += one * span;
    weight += span;
  });
  return weight > 0 ? total / weight : null;
}

/**
 * A mean over time as the points of a line. The first mean holds from the start on. A run seldom ends with a whole sample
 * interval: a short last one is joined with the one before, whose noise it would show many times enlarged.
 */
export function meanLine<R extends Timed>(
  rows: readonly R[],
  value: (row: R) => number | null,
): { timeSeconds: number; value: number | null }[] {
  const joined = buckets(rows);
  const [last, before] = [joined.at(-1), joined.at(-2)];
  if (last !== undefined && before !== undefined && length(last) < length(before) / 2) {
    const { timeSeconds } = last;
    const whole = [...before.rows, ...last.rows];
    joined.splice(-2, 2, { timeSeconds, rows: whole, spans: [...before.spans, ...last.spans] });
  }
  const points = joined.map((bucket) => {
    return { timeSeconds: bucket.timeSeconds, value: bucketMean(bucket, value) };
  });
  const [first] = points;
  return first === undefined ? [] : [{ ...first, timeSeconds: 0 }, ...points];
}

function length({ spans }: Bucket<Timed>): number {
  return spans.reduce((sum, span) => sum + span, 0);
}

/** The samples of one class. */
export function samplesOf(result: RunResult, name: string): SampleRow[] {
  return result.samples.filter((sample) => sample.class === name);
}

/** One row a time: the sum of the classes, of a number that is there at every time. */
export function totals(
  samples: readonly SampleRow[],
  value: (row: SampleRow) => number,
): { timeSeconds: number; value: number }[] {
  const sums = new Map<number, number>();
  const seen = new Map<string, Set<number>>();
  for (const row of samples) {
    // A time may come twice, when the run ends on a sample: the first counts.
    const times = seen.get(row.class) ?? new Set();
    seen.set(row.class, times);
    if (times.has(row.timeSeconds)) continue;
    times.add(row.timeSeconds);
    sums.set(row.timeSeconds, (sums.get(row.timeSeconds) ?? 0) + value(row));
  }
  return [...sums].map(([timeSeconds, total]) => ({ timeSeconds, value: total }));
}

/**
 * The cumulative distribution of ascending `values` as shares of `count`, of whom the rest never gets there. At most `limit`
 * steps, the first and the last value among them.
 */
export function distribution(values: readonly number[], count: number, limit = maxPoints): Step[] {
  if (values.length === 0) return [];
  const steps: Step[] = [{ value: values[0] as number, share: 0 }];
  const taken = Math.min(values.length, limit);
  for (let step = 1; step <= taken; step++) {
    const rank = Math.ceil((step * values.length) / taken);
    steps.push({ value: values[rank - 1] as number, share: rank / count });
  }
  return steps;
}
