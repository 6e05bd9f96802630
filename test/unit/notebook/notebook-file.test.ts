import { describe, expect, test } from "@jest/globals";
import {
  codeCells,
  joined,
  notebookText,
  readNotebook,
  withOutputs,
} from "../../../src/notebook/notebook-file.ts";

const code = { cell_type: "code", metadata: { tags: [] }, execution_count: 7, outputs: [] };
const text = JSON.stringify({
  cells: [
    { cell_type: "markdown", id: "head", metadata: {}, source: "# Head\n\ntext" },
    { ...code, id: "first", source: ["const a = 1;\n", "a;"] },
    { ...code, source: "a + 1;" },
  ],
  metadata: { kernelspec: { name: "other" } },
  nbformat: 4,
  nbformat_minor: 2,
});

describe("a notebook", () => {
  const notebook = readNotebook(text, "x.ipynb");

  test("has code cells, with sources in one piece or in lines", () => {
    const sources = codeCells(notebook).map(({ source }) => joined(source));
    expect(sources).toEqual(["const a = 1;\na;", "a + 1;"]);
  });

  test("is written with its outputs, cells numbered anew, and for Deno's kernel", () => {
    const output = { output_type: "stream", name: "stdout", text: "one\ntwo" } as const;
    const written = withOutputs(notebook, [[], [output]]);
    expect(written.metadata).toMatchObject({ kernelspec: { name: "deno" } });
    expect(written.cells[0]).toEqual({
      cell_type: "markdown",
      id: "head",
      metadata: {},
      source: ["# Head\n", "\n", "text"],
    });
    expect(codeCells(written)).toEqual([
      { ...code, id: "first", metadata: {}, execution_count: 1, source: ["const a = 1;\n", "a;"] },
      {
        ...{ ...code, id: "cell-3", metadata: {}, execution_count: 2, source: ["a + 1;"] },
        outputs: [{ ...output, text: ["one\n", "two"] }],
      },
    ]);
  });

  test("has the same text after it was read and written again", () => {
    const once = notebookText(withOutputs(notebook, [[], []]));
    const again = withOutputs(readNotebook(once, "x.ipynb"), [[], []]);
    expect(notebookText(again)).toBe(once);
    expect(once).toMatch(/^\{\n "cells": \[\n {2}\{\n {3}"cell_type"/);
  });

  test("that is none is told by its file's name", () => {
    expect(() => readNotebook("{", "x.ipynb")).toThrow(/^x\.ipynb is no notebook: /);
    expect(() => readNotebook('{"nbformat": 3}', "x.ipynb")).toThrow(/nbformat 4/);
    expect(() => readNotebook("null", "x.ipynb")).toThrow(/nbformat 4/);
  });
});
