import { describe, expect, test } from "@jest/globals";
import { jainIndex, measuresOf, quantileOfAll } from "../../../src/compare/measures.ts";
import { figuresOf } from "../../../src/compare/run-figures.ts";
import type { PeerRow } from "../../../src/metrics/results.ts";
import { peerRow, runResult, seederRow } from "../../support/run-results.ts";

/** The measures of a run of these peers that ended at 100 s. */
function measured(peers: readonly PeerRow[], className?: string) {
  const result = runResult(peers, { summary: { simulatedSeconds: 100 } });
  return measuresOf(figuresOf(result), className);
}

/** Capacity of the uplinks below, in bytes per second. */
const upload = 1000;
const four = [20, 30, 40, 70].map((completedSeconds, at) =>
  peerRow({
    peer: at + 1,
    arrivedSeconds: 10,
    completedSeconds,
    leftSeconds: at === 3 ? 70 : null,
    downloadedBytes: 6000,
    uploadedBytes: 1500 * (at + 1),
    uploadCapacityBytesPerSecond: upload,
  }),
);

describe("the measures of a group", () => {
  test("are those that one works out by hand", () => {
    // Completion takes 10, 20, 30 and 60 s. All were there from 10 s to 70 s while anybody was leeching.
    expect(measured(four)).toEqual({
      peers: 4,
      notCompleted: 0,
      medianSeconds: 25,
      p95Seconds: expect.closeTo(30 + 0.85 * 30, 9), // between the third and the fourth: 0.95 × 3 = 2.85
      meanSeconds: 30,
      downloadBytesPerSecond: 24_000 / 120,
      uploadBytesPerSecond: expect.closeTo(15_000 / (90 + 90 + 90 + 60), 9),
      shareRatio: 15_000 / 24_000,
      // Rates of 600, 300, 200 and 100 bytes per second: 1200² ÷ (4 × 500,000)
      jainIndex: 0.72,
      uplinkUtilisation: 15_000 / (4 * 60 * upload),
    });
  });

  test("count a leecher that did not complete as slower than all that did", () => {
    const late = peerRow({ peer: 9, arrivedSeconds: 10, downloadedBytes: 900 });
    const gone = peerRow({ peer: 8, arrivedSeconds: 10, leftSeconds: 40, downloadedBytes: 0 });
    const { medianSeconds, p95Seconds, meanSeconds, ...rest } = measured([...four, late, gone]);
    // The third and the fourth of six: 30 and 60 s.
    expect([medianSeconds, p95Seconds, meanSeconds]).toEqual([45, null, 30]);
    expect([rest.peers, rest.notCompleted]).toEqual([6, 2]);
    expect(rest.downloadBytesPerSecond).toBeCloseTo(24_900 / (120 + 90 + 30), 9);
  });

  test("are of one class where one is asked for, and leave seeders out where none is", () => {
    const origin = seederRow({ uploadedBytes: 50_000, uploadCapacityBytesPerSecond: upload });
    expect(measured([origin, ...four])).toEqual(measured(four));
    expect(measured([origin, ...four], "origin")).toEqual({
      peers: 1,
      notCompleted: 0,
      medianSeconds: null,
      p95Seconds: null,
      meanSeconds: null,
      downloadBytesPerSecond: null,
      uploadBytesPerSecond: 500, // over 100 s
      shareRatio: null,
      jainIndex: null,
      uplinkUtilisation: 50_000 / (70 * upload), // nobody leeched after 70 s
    });
  });

  test("of nobody are none", () => {
    expect(measured([], "dsl")).toMatchObject({ peers: 0, medianSeconds: null, jainIndex: null });
  });
});

test("Jain's index is 1 for equals, and 1/n when one has everything", () => {
  expect(jainIndex([3, 3, 3])).toBe(1);
  expect(jainIndex([0, 0, 0, 5])).toBe(0.25);
  expect(jainIndex([1, 2, 3])).toBeCloseTo(36 / 42, 12);
  expect([jainIndex([]), jainIndex([0, 0])]).toEqual([null, null]);
});

test("a quantile of all is none as soon as it falls among those without a time", () => {
  expect(quantileOfAll([10, 20], 3, 0.5)).toBe(20);
  expect(quantileOfAll([10, 20], 4, 0.5)).toBeNull();
  expect(quantileOfAll([10, 20], 2, 0.5)).toBe(15);
  expect(quantileOfAll([10], 1, 0.95)).toBe(10);
  expect(quantileOfAll([], 0, 0.5)).toBeNull();
});
