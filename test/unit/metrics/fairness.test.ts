import { describe, expect, test } from "@jest/globals";
import { clusteringIndex, jain } from "../../../src/metrics/fairness.ts";

describe("Jain's fairness index", () => {
  test.each([
    [[5, 5, 5], 1],
    [[1, 0, 0, 0], 0.25],
    [[1, 2, 3], 36 / 42],
    [[100, 200, 300], 36 / 42],
  ])("of %j is %d", (values, index) => {
    expect(jain(values)).toBeCloseTo(index, 12);
  });

  test("of nothing is null", () => {
    expect(jain([])).toBeNull();
    expect(jain([0, 0])).toBeNull();
  });
});

describe("Legout's clustering index", () => {
  const times = (slow: number, middle: number, fast: number) => [
    { class: "slow", peers: 13, seconds: slow },
    { class: "middle", peers: 14, seconds: middle },
    { class: "fast", peers: 12, seconds: fast },
  ];

  test("is a third where each peer of three classes has the same time", () => {
    expect(clusteringIndex("fast", times(130, 140, 120))).toBeCloseTo(1 / 3, 12);
  });

  test("is that of a peer, and not of a class: more peers alone make it no greater", () => {
    expect(clusteringIndex("fast", times(130, 140, 360))).toBeCloseTo(0.6, 12);
    expect(clusteringIndex("slow", times(130, 140, 360))).toBeCloseTo(0.2, 12);
  });

  test("is 1 for a peer that unchokes its like alone, and null for one that unchokes nobody", () => {
    expect(clusteringIndex("fast", times(0, 0, 60))).toBe(1);
    expect(clusteringIndex("slow", times(0, 0, 60))).toBe(0);
    expect(clusteringIndex("fast", times(0, 0, 0))).toBeNull();
  });

  test("passes over a class of which there is nobody else", () => {
    const alone = [{ class: "fast", peers: 0, seconds: 0 }, ...times(13, 0, 0)];
    expect(clusteringIndex("fast", alone)).toBe(0);
  });
});
