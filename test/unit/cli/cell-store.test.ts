import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { CellStore } from "../../../src/cli/cell-store.ts";
import { figuresCell } from "../../../src/cli/compare/cell-file.ts";
import { finishedCell } from "../../../src/cli/reproduce/finished-cell.ts";
import { figuresOf } from "../../../src/compare/run-figures.ts";
import { newFolder, removeFolder } from "../../support/folders.ts";
import { fixedResult } from "../../support/run-results.ts";

const figures = figuresOf(fixedResult());
const finished = { digest: "0123456789abcdef", cpuSeconds: 1.5, kept: { seconds: [0.1 + 0.2] } };

let folder = "";

beforeEach(async () => {
  folder = await newFolder();
});

afterEach(() => removeFolder(folder));

describe.each([
  ["a comparison", figuresCell, { ...figures, simulatedSeconds: 0.1 + 0.2 }],
  ["an experiment", finishedCell, finished],
] as const)("the runs of %s", (_, format, cell) => {
  // What is stored is of one type in each line of the table.
  const storeOf = () => new CellStore<unknown>(join(folder, "cells"), format as never);
  const path = () => join(folder, "cells", "a.json");

  test("are found as they were stored, to the last digit", async () => {
    const store = storeOf();
    await store.store("a", "key", cell);
    await store.store("b", "key", { ...cell, digest: "another" });
    expect(await store.find("a", "key")).toEqual(cell);
  });

  test("are not there before", async () => {
    expect(await storeOf().find("a", "key")).toBeUndefined();
  });

  test("are not found by another key", async () => {
    await storeOf().store("a", "key", cell);
    expect(await storeOf().find("a", "another")).toBeUndefined();
  });

  test.each([
    ["cut short", (text: string) => text.slice(0, -20)],
    ["empty", () => ""],
    ["something else", () => "[]"],
    ["nothing", () => "null"],
  ])("count as not there where the file is %s", async (_name, spoilt) => {
    await storeOf().store("a", "key", cell);
    await writeFile(path(), spoilt(await readFile(path(), "utf8")));
    expect(await storeOf().find("a", "key")).toBeUndefined();
  });
});

test("a comparison's run of another format counts as not there", () => {
  const text = figuresCell.text("abc", figures);
  expect(figuresCell.parse("abc", text)).toEqual(figures);
  expect(figuresCell.parse("abc", text.replace(/"format":\d+/, '"format":0'))).toBeUndefined();
});

test("an experiment's run has the file that it always had", () => {
  const text = '{"key":"k","digest":"0123456789abcdef","cpuSeconds":1.5,"kept":[1]}\n';
  const cell = { digest: "0123456789abcdef", cpuSeconds: 1.5, kept: [1] };
  expect(finishedCell.text("k", cell)).toBe(text);
  expect(finishedCell.parse("k", text)).toEqual(cell);
});
