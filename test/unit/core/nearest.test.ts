import { describe, expect, test } from "@jest/globals";
import { editDistance, nearest } from "../../../src/core/nearest.ts";

describe("the nearest word", () => {
  test.each([
    ["tit-for-tta", "tit-for-tat"],
    ["Random", "random"],
    ["upload", "uploads"],
    ["pices", "pieces"],
  ])("to %p is %p", (word, expected) => {
    expect(nearest(word, ["tit-for-tat", "random", "uploads", "pieces"])).toBe(expected);
  });

  test("is none when nothing is close, nor when a short word shares no letter", () => {
    expect(nearest("banana", ["tit-for-tat", "random"])).toBeUndefined();
    expect(nearest("ab", ["cd"])).toBeUndefined();
    expect(nearest("ab", [])).toBeUndefined();
  });

  test("is the first of equally near ones", () => {
    expect(nearest("cat", ["hat", "bat"])).toBe("hat");
  });
});

test("the edit distance counts inserted, deleted and replaced letters", () => {
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("abc", "abc")).toBe(0);
});
