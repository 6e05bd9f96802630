import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { runFileNames } from "../../src/cli/run-files.ts";
import type { Observer, RechokeReport } from "../../src/engine/observer.ts";
import { Trace } from "../../src/metrics/trace.ts";
import { charts } from "../../src/report/charts.ts";
import { summaryJson } from "../../src/report/summary-json.ts";
import { availabilityTable, csv, peersTable, samplesTable } from "../../src/report/tables.ts";
import { fixedResult, manifestOf } from "../support/run-results.ts";

const docs = readFileSync(new URL("../../docs/results.md", import.meta.url), "utf8");

const emptyRound: RechokeReport = {
  round: 1,
  trigger: "timer",
  slots: 4,
  isSeeding: false,
  decisions: [],
};

/** The text below a heading, up to the next. */
function section(heading: string): string {
  const [, text = ""] = docs.split(`\n## ${heading}\n`);
  return text.split("\n## ")[0] ?? "";
}

/** What is in backquotes in the first cells of a section's tables. */
function firstCells(text: string): string[] {
  const cells = [...text.matchAll(/^\| ([^|]*) \|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

describe("docs/results.md names, in this order,", () => {
  test.each([
    ["peers.csv", csv(peersTable, [])],
    ["timeseries.csv", csv(samplesTable, [])],
    ["availability.csv", csv(availabilityTable, [])],
  ])("every column of %s", (file, header) => {
    expect(firstCells(section(file))).toEqual(header.trimEnd().split(","));
  });

  test("every key of summary.json", () => {
    const { summary } = fixedResult();
    const { fibre } = summary.classes;
    const cost = { wallSeconds: 0, cpuSeconds: 0, peakRssBytes: 0 };
    const one = { ...summary, partial: true, classes: { NAME: fibre! } };
    const documented: string[] = [];
    for (const name of firstCells(section("summary.json"))) {
      // A name that begins with a dot is beside the one before it.
      const parent = documented.at(-1)?.replace(/\.[^.]*$/, "");
      documented.push(name.startsWith(".") ? parent + name : name);
    }
    expect(documented).toEqual(leaves(summaryJson(one, cost)));
  });

  test("every chart", () => {
    const names = firstCells(section("How to read the charts"));
    expect([...names].sort()).toEqual(
      charts(fixedResult())
        .map(({ id }) => id)
        .sort(),
    );
  });

  test("every key of a rechoke round", () => {
    const decision = {
      remote: 2,
      isInterested: true,
      downloadRate: 0,
      uploadRate: 0,
      rank: null,
      decision: "stay-choked",
      slot: null,
      allotment: null,
      reason: "no slot left",
    } as const;
    const written: string[] = [];
    const trace = new Trace({ now: 0 }, (line) => written.push(line), { rechokes: true });
    trace.rechoked?.(1, { ...emptyRound, decisions: [decision] });
    const line = JSON.parse(written[0] ?? "") as { decisions: object[] };
    expect(firstCells(section("Rechoke rounds"))).toEqual([
      ...Object.keys(line),
      ...Object.keys(line.decisions[0] ?? {}),
    ]);
  });

  test("every trace event", () => {
    expect(firstCells(section("events.ndjson")).sort()).toEqual(traceEvents());
  });
});

test("docs/results.md names every file of a run directory", () => {
  const [introduction = ""] = docs.split("\n## ");
  for (const name of runFileNames) expect(introduction).toContain(`\`${name}`);
});

test("docs/results.md names every key of manifest.json", () => {
  const text = section("summary.json");
  for (const key of Object.keys(manifestOf(fixedResult()))) expect(text).toContain(`\`${key}\``);
});

test("docs/results.md names every exit code", () => {
  const codes = [...section("Exit codes").matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, cell = ""]) =>
    cell.split(", ").map(Number),
  );
  expect(codes).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
});

/** The paths of a JSON object's values, in order. */
function leaves(value: object, path = ""): string[] {
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
    typeof one === "object" && one !== null ? leaves(one, `${path}${key}.`) : [`${path}${key}`],
  );
}

/** Calls every method of a trace, and returns the names of the events written. */
function traceEvents(): string[] {
  const names = new Set<string>();
  const write = (line: string) => {
    names.add((JSON.parse(line) as { event: string }).event);
  };
  const trace: Observer = new Trace({ now: 0 }, write, { rechokes: true });
  const methods = Object.getOwnPropertyNames(Trace.prototype) as (keyof Trace)[];
  for (const method of methods) {
    if (["constructor", "line"].includes(method)) continue;
    for (const last of [true, false]) {
      (trace[method as keyof Observer] as (...args: unknown[]) => void).call(trace, 1, 2, last);
    }
  }
  trace.rechoked?.(1, emptyRound);
  return [...names].sort();
}
