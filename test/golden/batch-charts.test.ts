import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { chartSpec, specText } from "../../src/report/chart.ts";
import { comparisonCharts } from "../../src/report/comparison/comparison-charts.ts";
import { comparisonReportFiles } from "../../src/report/comparison/comparison-report.ts";
import type { ComparedRuns } from "../../src/report/comparison/variant-scale.ts";
import { pageSizes } from "../../src/report/page-parts.ts";
import { type Renderer, svgRenderer } from "../../src/report/render.ts";
import { colourOf } from "../../src/report/theme.ts";
import type { TournamentContent } from "../../src/report/tournament/tournament-content.ts";
import {
  tournamentCharts,
  tournamentReportFiles,
} from "../../src/report/tournament/tournament-report.ts";
import {
  emptyComparison,
  fixedComparison,
  fixedShares,
  fixedTournament,
  stuckComparison,
} from "../support/compared-runs.ts";

const folder = fileURLToPath(new URL("batch-charts/", import.meta.url));
const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) =>
  fileURLToPath(new URL(`../../assets/fonts/${name}`, import.meta.url)),
);
const withShares = { ...fixedComparison(), shares: fixedShares };
const fixed = [...comparisonCharts(withShares), ...tournamentCharts(fixedTournament())];
const compared = comparisonCharts(fixedComparison());
let draw: Renderer;

beforeAll(async () => {
  draw = await svgRenderer();
});

describe("the specification of a chart of many runs is as it was (UPDATE_GOLDEN=1 npm test -- test/golden writes new ones):", () => {
  test.each(fixed.map((chart) => [chart.id, chart] as const))("%s", (id, chart) => {
    const path = `${folder}${id}.vl.json`;
    const text = specText(chartSpec(chart));
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, "utf8"));
  });

  test("and there is none of a chart that is no more", () => {
    expect(readdirSync(folder).sort()).toEqual(fixed.map(({ id }) => `${id}.vl.json`).sort());
  });
});

const comparisons: readonly (readonly [string, ComparedRuns])[] = [
  ["two variants", fixedComparison()],
  ["one variant with one seed", fixedComparison(1, 1)],
  ["six variants", fixedComparison(6, 2)],
  ["more variants than colours, with long names", fixedComparison(12, 1)],
  ["variants in which nobody completes", stuckComparison()],
  ["nobody at all", emptyComparison()],
];

const tournaments: readonly (readonly [string, TournamentContent])[] = [
  ["a tournament", fixedTournament()],
  ["a tournament of twelve with one seed", fixedTournament(12, 1)],
  ["a tournament without a match", fixedTournament(1, 1)],
];

const lists = [
  ...comparisons.map(([name, content]) => [name, comparisonCharts(content)] as const),
  ["two strategies with shares", comparisonCharts(withShares)] as const,
  ...tournaments.map(([name, content]) => [name, tournamentCharts(content)] as const),
];

describe.each(lists)("the charts of %s", (_, list) => {
  test("say what they show and how to read it", () => {
    for (const { title, caption, reading } of list) {
      for (const text of [title, caption, reading]) {
        expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
        expect(text.length).toBeGreaterThan(10);
      }
    }
  });

  test("can be drawn in all sizes, with numbers only", async () => {
    for (const chart of list) {
      for (const size of [undefined, pageSizes.wide, pageSizes.narrow]) {
        const svg = await draw(chartSpec(chart, size), chart.id);
        expect([svg.slice(0, 4), svg.slice(-6)]).toEqual(["<svg", "</svg>"]);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  });
});

describe("the colour of a variant", () => {
  test("is the same in all charts", async () => {
    const drawings = await Promise.all(
      compared.map(async (chart) => [chart.id, await draw(chartSpec(chart), chart.id)] as const),
    );
    for (const [id, svg] of drawings) {
      expect([id, svg.includes(colourOf(1))]).toEqual([id, true]);
      expect([id, svg.includes(colourOf(2))]).toEqual([id, false]);
      // The first variant is what the others' speed-up is measured against: it has no dots there.
      expect([id, svg.includes(colourOf(0))]).toEqual([id, id !== "speed-up"]);
    }
  });
});

const origin = {
  version: "1.2.3",
  scenario: "</title><script>alert(1)</script>",
  description: "<i>a & b</i>",
  command: "sim compare x.yaml --choker a,b",
};
const files = [{ path: "comparison.csv", summary: "The numbers" }];

describe("the page of a comparison", () => {
  let html = "";
  const paths: string[] = [];

  beforeAll(async () => {
    const content = withShares;
    for await (const file of comparisonReportFiles({ content, origin, files, fontFiles })) {
      paths.push(file.path);
      if (file.path === "report.html") html = String(file.content);
    }
  });

  test("loads nothing, and shows what a user wrote as text", () => {
    const withoutNames = html.replaceAll(/ xmlns(:xlink)?="http:\/\/www\.w3\.org\/[^"]*"/g, "");
    expect(withoutNames).not.toMatch(/https?:|\/\/[a-z]/i);
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b/i);
    expect(html).not.toMatch(/@import|url\((?!#)/i);
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).toContain("&lt;i&gt;a &amp; b&lt;/i&gt;");
  });

  test("has the table, each chart with links to its files, and the command", () => {
    for (const name of ["all leechers", "dsl", "fibre", "origin"]) {
      expect(html).toContain(`scope="rowgroup" colspan="10">${name}</th>`);
    }
    expect(html.match(/<figure /g)).toHaveLength(6);
    expect(html).toContain("<td>1.41 (1.00–1.99)</td>");
    const links = [...html.matchAll(/href="(charts\/[^"]*)"/g)].map(([, target]) => target);
    expect(links).toHaveLength(18);
    for (const target of links) expect(paths).toContain(target);
    expect(html).toContain("<pre>sim compare x.yaml --choker a,b</pre>");
  });

  test("draws with the page's colours, which follow the reader's light or dark", () => {
    const drawings = html.slice(html.indexOf('<div class="charts">'));
    expect(drawings).not.toMatch(/(fill|stroke)="#/);
  });

  test("has no id twice", () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test("the page of a tournament has the standings with each strategy's colour, its charts, and nothing from elsewhere", async () => {
  const content = fixedTournament();
  let html = "";
  for await (const file of tournamentReportFiles({ content, origin, files, fontFiles })) {
    if (file.path === "report.html") html = String(file.content);
  }
  const places = content.standings.map(({ strategy }) => html.indexOf(`</span>${strategy}</td>`));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(html).toContain('var(--class-2)"></span>random</td>');
  expect(html.match(/<figure /g)).toHaveLength(3);
  expect(html).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b/i);
  expect(html).toContain("&lt;script&gt;alert(1)");
});
