import { describe, expect, test } from "@jest/globals";
import { cellText, parseCell } from "../../../../src/cli/compare/cell-file.ts";
import { figuresOf } from "../../../../src/compare/run-figures.ts";
import { fixedResult } from "../../../support/run-results.ts";

const figures = figuresOf(fixedResult());
const text = cellText("abc", figures);

describe("the file of a run", () => {
  test("has its figures, to the last digit", () => {
    const odd = { ...figures, simulatedSeconds: 0.1 + 0.2 };
    expect(parseCell("abc", cellText("abc", odd))).toEqual(odd);
  });

  test.each([
    ["cut short", text.slice(0, -20)],
    ["empty", ""],
    ["of another run", cellText("abd", figures)],
    ["of another format", text.replace(/"format":\d+/, '"format":0')],
    ["of something else", "[]"],
  ])("that is %s counts as not there", (_, content) => {
    expect(parseCell("abc", content)).toBeUndefined();
  });
});
