import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { measureKeys } from "../../src/compare/measures.ts";
import { comparisonCharts } from "../../src/report/comparison/comparison-charts.ts";
import {
  comparedPeersTable,
  comparisonTable,
} from "../../src/report/comparison/comparison-rows.ts";
import { tournamentCharts } from "../../src/report/tournament/tournament-report.ts";
import { matchesTable } from "../../src/report/tournament/tournament-rows.ts";
import { fixedComparison, fixedTournament } from "../support/compared-runs.ts";

const docs = readFileSync(new URL("../../docs/compare.md", import.meta.url), "utf8");

/** What is in backquotes in the first cells of the table below a heading. */
function firstCells(heading: string): string[] {
  const [, text = ""] = docs.split(`\n## ${heading}\n`);
  const rows = (text.split("\n## ")[0] ?? "").matchAll(/^\| (`[^|]*) \|/gm);
  return [...rows].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
}

test("docs/compare.md names every measure, in order", () => {
  expect(firstCells("What is computed")).toEqual([...measureKeys]);
});

test("docs/compare.md names every chart, in order", () => {
  const ids = comparisonCharts(fixedComparison()).map(({ id }) => id);
  expect(firstCells("How to read the charts")).toEqual(ids);
  const tournament = tournamentCharts(fixedTournament()).map(({ id }) => id);
  expect(firstCells("Tournaments")).toEqual(tournament);
});

test("docs/compare.md names every column of the tables", () => {
  for (const { file, columns } of [comparisonTable, comparedPeersTable]) {
    const [line = ""] = docs.split("\n").filter((one) => one.startsWith(`| \`${file}\``));
    expect([...line.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(Object.keys(columns));
  }
  const [, line = ""] = docs.split(`\`${matchesTable.file}\` has a line a run of two:`);
  const names = [...(line.split("\n\n")[0] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(names).toEqual(Object.keys(matchesTable.columns));
});
