import { describe, expect, test } from "@jest/globals";
import { buckets, distribution, meanLine, totals } from "../../../src/report/series.ts";
import { sampleRow } from "../../support/run-results.ts";

const row = (timeSeconds: number, value: number | null) => ({ timeSeconds, value });
const value = (one: { value: number | null }) => one.value;

describe("a line of means", () => {
  test("starts at 0, where the first mean holds already", () => {
    expect(meanLine([row(5, 3), row(10, 4)], value)).toEqual([row(0, 3), row(5, 3), row(10, 4)]);
  });

  test("of a single sample is a line all the same", () => {
    expect(meanLine([row(1, 3)], value)).toEqual([row(0, 3), row(1, 3)]);
  });

  test("joins a short last sample with the one before, by time", () => {
    const line = meanLine([row(10, 1), row(20, 2), row(22, 8)], value);
    expect(line).toEqual([row(0, 1), row(10, 1), row(22, 3)]); // (10 × 2 + 2 × 8) / 12
  });

  test("keeps a last sample of half an interval and more", () => {
    expect(meanLine([row(10, 1), row(15, 7)], value)).toHaveLength(3);
  });

  test("has gaps where there is no value", () => {
    expect(meanLine([row(5, null), row(10, 1)], value)).toEqual([
      row(0, null),
      row(5, null),
      row(10, 1),
    ]);
  });

  test("of no samples is empty", () => {
    expect(meanLine([], value)).toEqual([]);
  });

  test("of many samples has at most some 200 points and the same mean", () => {
    const rows = Array.from({ length: 1000 }, (_, at) => row(at + 1, at % 10));
    const line = meanLine(rows, value).slice(1);
    expect(line.length).toBeLessThanOrEqual(200);
    let total = 0;
    let before = 0;
    for (const point of line) {
      total += (point.value ?? 0) * (point.timeSeconds - before);
      before = point.timeSeconds;
    }
    expect(total / before).toBeCloseTo(4.5, 9);
  });
});

test("buckets leave out a time that comes twice", () => {
  expect(buckets([row(5, 1), row(5, 2), row(6, 3)]).map((bucket) => bucket.rows)).toEqual([
    [row(5, 1)],
    [row(6, 3)],
  ]);
});

test("totals add the classes at each time", () => {
  const samples = [
    sampleRow({ timeSeconds: 5, class: "a", leechers: 2 }),
    sampleRow({ timeSeconds: 5, class: "b", leechers: 3 }),
    sampleRow({ timeSeconds: 10, class: "a", leechers: 1 }),
    sampleRow({ timeSeconds: 10, class: "b", leechers: 0 }),
  ];
  expect(totals(samples, (one) => one.leechers)).toEqual([row(5, 5), row(10, 1)]);
});

describe("a cumulative distribution", () => {
  test("has a step a value, and ends below 1 when some never get there", () => {
    expect(distribution([10, 20], 4)).toEqual([
      { value: 10, share: 0 },
      { value: 10, share: 0.25 },
      { value: 20, share: 0.5 },
    ]);
  });

  test("thinned out still ends with the last value at its full height", () => {
    const steps = distribution(
      Array.from({ length: 5000 }, (_, at) => at),
      5000,
      50,
    );
    expect(steps).toHaveLength(51);
    expect(steps.at(-1)).toEqual({ value: 4999, share: 1 });
  });

  test("of nobody is empty", () => {
    expect(distribution([], 4)).toEqual([]);
  });
});
