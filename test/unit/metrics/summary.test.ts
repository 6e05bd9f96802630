import { describe, expect, test } from "@jest/globals";
import {
  classSummaries,
  completionQuantiles,
  distributionBound,
  quantile,
} from "../../../src/metrics/summary.ts";
import { peerRow, seederRow, strangerRow } from "../../support/run-results.ts";

describe("a quantile", () => {
  test.each([
    [[10, 20, 30], 0.5, 20],
    [[10, 20, 30, 40], 0.5, 25],
    [[0, 100], 0.95, 95],
    [[7], 0.95, 7],
    [[1, 2, 3, 4, 5], 0, 1],
    [[1, 2, 3, 4, 5], 1, 5],
  ])("of %j at %d is %d, linear between two values", (values, q, expected) => {
    expect(quantile(values, q)).toBeCloseTo(expected, 12);
  });

  test("of nothing is null", () => {
    expect(quantile([], 0.5)).toBeNull();
  });

  test("of completion times leaves out who did not complete, and sorts", () => {
    const peers = [peerRow({ completedSeconds: 30 }), peerRow(), peerRow({ completedSeconds: 10 })];
    expect(completionQuantiles(peers)).toEqual({ p50: 20, p95: 29, max: 30 });
    expect(completionQuantiles([peerRow()])).toEqual({ p50: null, p95: null, max: null });
  });
});

describe("the summary of a class", () => {
  test("has rates over the time that peers were there, not over the whole run", () => {
    const leecher = peerRow({
      arrivedSeconds: 10,
      completedSeconds: 30,
      leftSeconds: 50,
      downloadedBytes: 2000,
      uploadedBytes: 1000,
    });
    expect(classSummaries(["dsl"], [leecher], 100).dsl).toEqual({
      count: 1,
      completed: 1,
      p50: 20,
      p95: 20,
      meanDownloadBytesPerSecond: 100, // 2000 B in the 20 s of leeching
      meanUploadBytesPerSecond: 25, // 1000 B in the 40 s in the swarm
      shareRatio: 0.5,
    });
  });

  test("counts who is still leeching up to the end", () => {
    const { dsl } = classSummaries(["dsl"], [peerRow({ downloadedBytes: 500 })], 50);
    expect(dsl).toMatchObject({ completed: 0, p50: null, meanDownloadBytesPerSecond: 10 });
  });

  test("of seeders has no download and no share ratio", () => {
    const { origin } = classSummaries(["origin"], [seederRow({ uploadedBytes: 800 })], 80);
    expect(origin).toMatchObject({
      completed: 0,
      meanDownloadBytesPerSecond: 0,
      meanUploadBytesPerSecond: 10,
      shareRatio: null,
    });
  });

  test("of which nobody came is finite and null, never NaN", () => {
    expect(classSummaries(["late"], [], 60).late).toEqual({
      count: 0,
      completed: 0,
      p50: null,
      p95: null,
      meanDownloadBytesPerSecond: 0,
      meanUploadBytesPerSecond: 0,
      shareRatio: null,
    });
  });

  test("keeps the order of the scenario, and any name", () => {
    const names = ["b", "a", "__proto__", "constructor"];
    const summaries = classSummaries(names, [], 1);
    expect(Object.keys(summaries)).toEqual(names);
    expect(Object.keys(JSON.parse(JSON.stringify(summaries)) as object)).toEqual(names);
  });
});

describe("the minimum distribution time of Kumar and Ross", () => {
  const swarm = (seed: number, leechers: readonly (readonly [up: number, down: number])[]) => [
    seederRow({ uploadCapacityBytesPerSecond: seed }),
    ...leechers.map(([upload, download]) =>
      peerRow({
        uploadCapacityBytesPerSecond: upload,
        downloadCapacityBytesPerSecond: download,
        completedSeconds: 400,
      }),
    ),
  ];

  // F = 1000 B. The three terms by hand: F / u_s, F / d_min, N F / (u_s + sum u_i).
  test.each([
    [
      "the seeder's uplink",
      swarm(10, [
        [100, 50],
        [100, 50],
      ]),
      100,
    ], // 100, 20, 2000 / 210
    [
      "the slowest downlink",
      swarm(100, [
        [100, 5],
        [100, 50],
      ]),
      200,
    ], // 10, 200, 2000 / 300
    [
      "all uplinks together",
      swarm(50, [
        [10, 500],
        [10, 500],
        [10, 500],
        [10, 500],
      ]),
      4000 / 90,
    ], // 20, 2, 44.4
    ["one leecher: the seeder serves it alone", swarm(10, [[100, 50]]), 100], // 100, 20, 1000 / 110
    [
      "leechers that give nothing",
      swarm(20, [
        [0, 50],
        [0, 50],
      ]),
      100,
    ], // 50, 20, 2000 / 20
  ])("is set by %s", (_, peers, expected) => {
    const { minimumDistributionSeconds, ratio } = distributionBound(peers, 1000, true);
    expect(minimumDistributionSeconds).toBeCloseTo(expected, 9);
    expect(ratio).toBeCloseTo(400 / expected, 9);
  });

  test("adds the uplinks of several seeders", () => {
    const peers = [...swarm(10, [[1, 500]]), seederRow({ uploadCapacityBytesPerSecond: 30 })];
    expect(distributionBound(peers, 1000, true).minimumDistributionSeconds).toBe(25);
  });

  test("is compared with the last completion since the first leecher's arrival", () => {
    const peers = [
      seederRow({ uploadCapacityBytesPerSecond: 100 }),
      peerRow({ arrivedSeconds: 20, completedSeconds: 60, downloadCapacityBytesPerSecond: 100 }),
      peerRow({ arrivedSeconds: 30, completedSeconds: 50, downloadCapacityBytesPerSecond: 100 }),
    ];
    expect(distributionBound(peers, 1000, true)).toEqual({
      minimumDistributionSeconds: 10,
      ratio: 4,
    });
  });

  test("is none where no link is a limit, and where one is not known", () => {
    const none = { minimumDistributionSeconds: null, ratio: null };
    const any = Number.POSITIVE_INFINITY;
    expect(distributionBound(swarm(any, [[any, any]]), 1000, true)).toEqual(none);
    expect(distributionBound([...swarm(10, [[100, 50]]), strangerRow()], 1000, true)).toEqual(none);
    const limited = distributionBound(swarm(any, [[any, 10]]), 1000, true);
    expect(limited.minimumDistributionSeconds).toBe(100);
  });

  test("has no ratio while somebody has not completed", () => {
    const bound = distributionBound([...swarm(10, [[1, 50]]), peerRow()], 1000, true);
    expect(bound.minimumDistributionSeconds).not.toBeNull();
    expect(bound.ratio).toBeNull();
  });

  test.each([
    ["nobody seeds", [peerRow()], true],
    ["nobody leeches", [seederRow()], true],
    ["a leecher left before it had completed", [seederRow(), peerRow({ leftSeconds: 9 })], true],
    ["leechers bring pieces", [seederRow(), peerRow()], false],
  ])("does not apply when %s", (_, peers, isClean) => {
    const none = { minimumDistributionSeconds: null, ratio: null };
    expect(distributionBound(peers, 1000, isClean)).toEqual(none);
  });

  test("does not fail for as many peers as a call has no room for", () => {
    const peers = [seederRow(), ...Array.from({ length: 200_000 }, () => peerRow())];
    expect(distributionBound(peers, 1000, true).minimumDistributionSeconds).toBeGreaterThan(0);
  });
});
