import { describe, expect, test } from "@jest/globals";
import { tradeoff } from "../../../src/theory/fan-lui-chiu-2006.ts";
import { peerRow } from "../../support/run-results.ts";

const peer = (downloadedBytes: number, uploadedBytes: number, completedSeconds?: number) =>
  peerRow({
    downloadedBytes,
    uploadedBytes,
    ...(completedSeconds === undefined ? {} : { completedSeconds }),
  });

describe("the trade-off of Fan, Lui and Chiu", () => {
  test("has no unfairness where everybody gets as many times what it gives", () => {
    expect(tradeoff([peer(100, 100, 10), peer(300, 300, 30)])).toEqual({
      unfairness: 0,
      meanCompletion: 20,
    });
    expect(tradeoff([peer(200, 100), peer(600, 300)]).unfairness).toBe(0);
  });

  test("has the standard deviation of what is got for what is given", () => {
    // 0.5, 1 and 3: mean 1.5, variance (1 + 0.25 + 2.25) / 3
    const { unfairness } = tradeoff([peer(100, 200), peer(100, 100), peer(300, 100)]);
    expect(unfairness).toBeCloseTo(Math.sqrt(3.5 / 3), 12);
  });

  test("is without bound with a free rider, and does not count who did nothing", () => {
    expect(tradeoff([peer(100, 100), peer(5, 0)]).unfairness).toBe(Number.POSITIVE_INFINITY);
    expect(tradeoff([peer(100, 100), peer(0, 0)]).unfairness).toBe(0);
  });

  test("leaves out who did not complete, and is null of nobody", () => {
    expect(tradeoff([peer(1, 1, 10), peer(1, 1)]).meanCompletion).toBe(10);
    expect(tradeoff([])).toEqual({ unfairness: null, meanCompletion: null });
  });
});
