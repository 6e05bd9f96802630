import { describe, expect, test } from "@jest/globals";
import { readTraceFile } from "../../../src/scenario/trace-file.ts";
import { complaint, dslWith } from "../../support/scenario-text.ts";

const read = (text: string) => readTraceFile("a.txt", () => text);

describe("a file of arrival times", () => {
  test.each([
    ["a unit on each line", "1 s\n500 ms\n2 min\n", [1000, 500, 120_000]],
    ["a unit alone on the first line", "s\n1\n2.5\n1e1\n", [1000, 2500, 10_000]],
    ["a unit of its own after that", "ms\n1\n2 s\n", [1, 2000]],
    ["comments and empty lines", "# when\n\ns # seconds\n1\n  2  # two\n\n", [1000, 2000]],
    ["CRLF and a byte order mark", "\uFEFFs\r\n1\r\n2\r\n", [1000, 2000]],
    ["no end of the last line", "1 s", [1000]],
  ])("may have %s", (_, text, times) => {
    expect(read(text)).toEqual({ times });
  });

  test.each([
    ["", "a.txt has no arrival times", undefined],
    ["# nothing\n", "a.txt has no arrival times", undefined],
    [
      "1\n2\n",
      'a.txt:1: "1" lacks its unit',
      'Write a unit in every line, or alone in the first line ("s")',
    ],
    ["s\n1\ntwo\n", 'a.txt:3: "two" is not a number with a unit', "Write it as in 40 ms"],
    ["1 s\n-2 s\n", 'a.txt:2: "-2 s" is negative', "Write it as in 40 ms"],
    ["time\n1\n", 'a.txt:1: "time" is not a number with a unit', "Write it as in 40 ms"],
    ["s\n1;2\n", 'a.txt:2: "1;2" is not one number with one unit', "Write it as in 40 ms"],
    ["MiB\n1\n", 'a.txt:1: "MiB" is not a number with a unit', "Write it as in 40 ms"],
    ["1 MiB\n", 'a.txt:1: "1 MiB" is a size, and not a time', "Write it as in 40 ms, 60 s, 5 min"],
    ["s\ns\n", 'a.txt:2: "s" is not a number with a unit', "Write it as in 40 ms"],
    [
      "\u0000\u0001",
      'a.txt:1: "\\u0000\\u0001" is not a number with a unit',
      "Write it as in 40 ms",
    ],
  ])("%j is told where and why", (text, message, hint) => {
    const { problem } = read(text);
    expect(problem?.message).toBe(message);
    expect(problem?.hint).toBe(hint);
  });

  test("that is wrong is told at its name in the scenario", () => {
    const text = dslWith("arrive: { trace: a.txt }").replace("    count: 10\n", "");
    expect(complaint(text, { readFile: () => "1 s\nsoon\n" })).toBe(
      'x.yaml:12:22: peers.dsl.arrive.trace: a.txt:2: "soon" is not a number with a unit. Write it as in 40 ms.',
    );
    const missing = () => {
      throw new Error("there is no such file");
    };
    expect(complaint(text, { readFile: missing })).toBe(
      "x.yaml:12:22: peers.dsl.arrive.trace: names a file that cannot be used: there is no such file.",
    );
    expect(complaint(text)).toBe(
      "x.yaml:12:22: peers.dsl.arrive.trace: names the file a.txt, and there is no way to read files here. Give the times as a list.",
    );
  });
});
