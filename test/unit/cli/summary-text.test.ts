import { describe, expect, test } from "@jest/globals";
import { summaryText } from "../../../src/cli/summary-text.ts";
import { textTable } from "../../../src/cli/text-table.ts";
import { fixedResult, peerRow, runResult, seederRow } from "../../support/run-results.ts";

const plain = (text: string) => text;
const cost = { wallSeconds: 40.96, cpuSeconds: 41.7, peakRssBytes: 208_000_000 };

test("a table has names on the left and numbers on the right", () => {
  const table = textTable(
    ["class", "n"],
    [
      ["a", "1"],
      ["longer", "1,000"],
    ],
  );
  expect(table).toBe("class       n\na           1\nlonger  1,000\n");
});

describe("the summary of a run", () => {
  test("has a line a class, and the digest", () => {
    const text = summaryText(fixedResult(), cost, plain);
    expect(text).toMatch(/^Fixed, seed 1\n/);
    expect(text).toMatch(/^dsl +4 +4 +45\.0 s +58\.5 s /m);
    expect(text).toMatch(/^origin +1 +– +– +– +– /m);
    expect(text).toContain("digest 0123456789abcdef · 567 blocks · 1,234 events");
    expect(text).toContain("41.0 s, 41.7 s of CPU: 14 blocks a second · 198 MiB at most");
  });

  test("fits into 80 columns", () => {
    for (const result of [fixedResult(), runResult([seederRow(), peerRow()])]) {
      for (const line of summaryText(result, cost, plain).split("\n")) {
        expect(line.length).toBeLessThanOrEqual(80);
      }
    }
  });

  test("says when it is of a part only, and leaves out a cost that is not known", () => {
    const result = runResult([seederRow(), peerRow()], { summary: { partial: true } });
    const text = summaryText(result, undefined, plain);
    expect(text).toContain("seed 1 (partial)");
    expect(text).not.toContain("CPU");
    expect(text).not.toMatch(/NaN|null|undefined/);
  });
});
