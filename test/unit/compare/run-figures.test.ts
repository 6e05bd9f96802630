import { describe, expect, test } from "@jest/globals";
import { figuresOf } from "../../../src/compare/run-figures.ts";
import { fixedResult, runResult, sampleRow, seederRow } from "../../support/run-results.ts";

describe("the figures that a comparison keeps of a run", () => {
  test("are its classes with their roles, its peers, and what all have downloaded by a time", () => {
    const figures = figuresOf(fixedResult());
    expect(figures.classes).toEqual([
      { name: "origin", role: "seeder" },
      { name: "dsl", role: "leecher" },
      { name: "fibre", role: "leecher" },
    ]);
    expect(figures.peers).toHaveLength(7);
    expect(figures.downloads.seconds).toEqual([0, 10, 20, 30, 40, 50, 60]);
    // dsl at 100, 200, 300, … kB/s, and fibre at 800 kB/s for the first 30 s
    expect(figures.downloads.bytes).toEqual([0, 9e6, 19e6, 30e6, 34e6, 39e6, 45e6]);
  });

  test("survive JSON", () => {
    const figures = figuresOf(fixedResult());
    expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
  });

  test("have a few hundred points of a long run, with the last, and the same total", () => {
    const samples = Array.from({ length: 4321 }, (_, at) =>
      sampleRow({ timeSeconds: at + 1, downloadBytesPerSecond: at % 7 }),
    );
    const { seconds, bytes } = figuresOf(runResult([seederRow()], { samples })).downloads;
    expect(seconds.length).toBeLessThanOrEqual(401);
    expect(seconds.at(-1)).toBe(4321);
    expect(bytes.at(-1)).toBe(samples.reduce((sum, row) => sum + row.downloadBytesPerSecond, 0));
    expect(bytes).toHaveLength(seconds.length);
  });
});
