import { describe, expect, test } from "@jest/globals";
import { parseSummary, type SummaryJson, summaryJson } from "../../../src/report/summary-json.ts";
import { fixedResult, peerRow, runResult, seederRow } from "../../support/run-results.ts";

const cost = { wallSeconds: 1.5, cpuSeconds: 1.25, peakRssBytes: 90_000_000 };

describe("summary.json", () => {
  test("has the promised keys, and no others", () => {
    const json = summaryJson(fixedResult().summary, cost);
    expect(Object.keys(json)).toEqual([
      "scenario",
      "seed",
      "digest",
      "peers",
      "simulatedSeconds",
      "wallSeconds",
      "cpuSeconds",
      "peakRssBytes",
      "events",
      "blocks",
      "completionSeconds",
      "classes",
      "bound",
    ]);
    expect(Object.keys(json.classes.dsl ?? {})).toEqual([
      "count",
      "completed",
      "p50",
      "p95",
      "meanDownloadBytesPerSecond",
      "meanUploadBytesPerSecond",
      "shareRatio",
    ]);
    expect(Object.keys(json.peers)).toEqual(["total", "completed"]);
    expect(Object.keys(json.completionSeconds)).toEqual(["p50", "p95", "max"]);
    expect(Object.keys(json.bound)).toEqual(["minimumDistributionSeconds", "ratio"]);
  });

  test("has null where nobody completed", () => {
    const { summary } = runResult([seederRow(), peerRow()]);
    const json = JSON.parse(JSON.stringify(summaryJson(summary, cost))) as SummaryJson;
    expect(json.completionSeconds).toEqual({ p50: null, p95: null, max: null });
    expect(json.classes.dsl).toMatchObject({ p50: null, p95: null, shareRatio: null });
    expect(json.bound.ratio).toBeNull();
  });

  test("says that a run is partial only where it is", () => {
    const { summary } = fixedResult();
    expect(summaryJson({ ...summary, partial: true }, cost).partial).toBe(true);
    expect("partial" in summaryJson(summary, cost)).toBe(false);
  });

  test.each([false, true])("read again is the summary, with partial %s", (partial) => {
    const summary = { ...fixedResult().summary, partial };
    expect(parseSummary(JSON.stringify(summaryJson(summary, cost)))).toEqual(summary);
  });

  test.each([
    [(json: Record<string, unknown>) => delete json.bound, '"bound" must be an object'],
    [(json: Record<string, unknown>) => delete json.classes, '"classes" must be an object'],
    [(json: Record<string, unknown>) => (json.events = "many"), '"events" must be a number'],
    [(json: Record<string, unknown>) => (json.blocks = null), '"blocks" must be a number'],
    [(json: Record<string, unknown>) => (json.seed = 1), '"seed" must be a text'],
    [
      (json: Record<string, unknown>) => (json.classes = { dsl: { count: 1 } }),
      '"classes.dsl.completed" must be a number',
    ],
  ])("with a damage is refused by the name of the key: %#", (damage, message) => {
    const json = JSON.parse(JSON.stringify(summaryJson(fixedResult().summary, cost)));
    damage(json);
    expect(() => parseSummary(JSON.stringify(json))).toThrow(message);
  });

  test.each(["null", "3", "[]"])("that is %s is refused", (text) => {
    expect(() => parseSummary(text)).toThrow("must be");
  });
});
