import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { RunResult } from "../../src/metrics/results.ts";
import { type Chart, chartSpec, specText } from "../../src/report/chart.ts";
import { charts } from "../../src/report/charts.ts";
import { pageSizes } from "../../src/report/page-parts.ts";
import { type Renderer, svgRenderer } from "../../src/report/render.ts";
import { fixedResult, peerRow, runResult, seederRow } from "../support/run-results.ts";
import { crowdedResult } from "./crowded-result.ts";

const folder = fileURLToPath(new URL("charts/", import.meta.url));
const fixed = charts(fixedResult());
let draw: Renderer;

beforeAll(async () => {
  draw = await svgRenderer();
});

describe("the specification of a chart is as it was (UPDATE_GOLDEN=1 npm test -- test/golden writes new ones):", () => {
  test.each(fixed.map((chart) => [chart.id, chart] as const))("%s", (id, chart) => {
    const path = `${folder}${id}.vl.json`;
    const text = specText(chartSpec(chart));
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, "utf8"));
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(chartSpec(chart))));
  });

  test("and there is none of a chart that is no more", () => {
    expect(readdirSync(folder).sort()).toEqual(fixed.map(({ id }) => `${id}.vl.json`).sort());
  });
});

test("the charts that were promised are there", () => {
  expect(fixed.map(({ id }) => id)).toEqual([
    "completion-time",
    "bound",
    "population",
    "availability",
    "download-throughput",
    "upload-throughput",
    "downlink-utilisation",
    "uplink-utilisation",
    "share-ratio",
  ]);
});

const results: readonly (readonly [string, RunResult])[] = [
  ["a fixed run", fixedResult()],
  ["a run of nobody", runResult([])],
  ["a run of a seeder alone", runResult([seederRow()])],
  ["a run in which nobody completed", runResult([seederRow(), peerRow()])],
  [
    "a run that ended at 0 s",
    runResult([seederRow(), peerRow()], { summary: { simulatedSeconds: 0 } }),
  ],
  ["a crowded run", crowdedResult()],
];

describe.each(results)("the charts of %s", (_, result) => {
  const list = charts(result);

  test("say what they show, how to read it, and what the axes measure", () => {
    for (const chart of list) {
      for (const text of [chart.title, chart.caption, chart.reading]) {
        expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
        expect(text.length).toBeGreaterThan(10);
      }
      for (const axis of axesOf(chart)) expect(typeof axis.title).toBe("string");
    }
  });

  test("can be drawn in all sizes, with numbers only, and twice the same", async () => {
    for (const chart of list) {
      for (const size of [undefined, pageSizes.wide, pageSizes.narrow]) {
        const svg = await draw(chartSpec(chart, size), chart.id);
        expect([svg.slice(0, 4), svg.slice(-6)]).toEqual(["<svg", "</svg>"]);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        if (size === undefined) expect(await draw(chartSpec(chart), chart.id)).toBe(svg);
      }
    }
  });
});

/** Every x and y of a chart that measures something. */
function axesOf(chart: Chart): { title?: unknown }[] {
  const found: { title?: unknown }[] = [];
  const units = [chart.view, ...((chart.view.layer ?? []) as Chart["view"][])];
  for (const channel of ["x", "y"]) {
    const titles = units.flatMap((unit) => {
      const encoding = (unit.encoding ?? {}) as Record<string, { title?: unknown; type?: string }>;
      const one = encoding[channel];
      return one?.type === "quantitative" ? [one] : [];
    });
    if (titles.length > 0) found.push(titles.find((one) => one.title !== undefined) ?? {});
  }
  return found;
}
