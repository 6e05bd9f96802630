import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ScenarioError } from "../../../src/scenario/issues.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { arbitraryScenario } from "../../support/arbitrary-scenario.ts";
import { hello } from "../../support/scenario-text.ts";

/** A scenario, or a ScenarioError with a place for each issue. */
function parse(text: string, overrides: readonly string[] = []): void {
  try {
    parseScenario(text, { overrides, readFile: () => text });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    expect(error.issues.length).toBeGreaterThan(0);
    for (const { line, column, override, message } of error.issues) {
      expect(message).not.toMatch(/undefined|\[object|Invalid input/);
      if (override === undefined) expect([line, column].every((one) => (one ?? 0) >= 1)).toBe(true);
    }
  }
}

/** Bits of YAML and of scenarios, to be put anywhere. */
const scrap = fc.oneof(
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.constantFrom(
    ...[
      "\n",
      "\t",
      " ",
      ":",
      ": ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "!x ",
      "!!set ",
      "<<: ",
      "? ",
      "|",
      ">",
    ],
    ...[
      '"',
      "'",
      "#",
      "%",
      "@",
      "---\n",
      "...\n",
      "~",
      ".nan",
      ".inf",
      "-0",
      "1e999",
      "0x1",
      "null",
      "true",
    ],
    ...[
      "__proto__",
      "constructor",
      "toString",
      "peers",
      "count: ",
      "10 Mbit/s",
      "5 MiB",
      "unlimited",
      "piatek2007",
      "bharambe2006",
      "\0",
      "\uFEFF",
      "\uD800",
    ],
  ),
);

/** A text with some of its slices cut, doubled or replaced. */
function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(12),
    scrap,
    fc.boolean(),
  );
  return fc.tuple(text, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([from, edits]) =>
    edits.reduce((whole, [place, length, put, doubles]) => {
      const at = Math.floor(place * whole.length);
      const rest = whole.slice(doubles ? at : at + length);
      return whole.slice(0, at) + put + rest;
    }, from),
  );
}

describe("the parser throws nothing but ScenarioError", () => {
  test("for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => parse(text)),
      { numRuns: 150 },
    );
  });

  test("for any heap of YAML", () => {
    const heap = fc.array(scrap, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(heap, (text) => parse(text)),
      { numRuns: 150 },
    );
  });

  test("for any tree of values in place of a scenario, or of a part of one", () => {
    const key = fc.constantFrom(...keys);
    const tree = fc.jsonValue({ maxDepth: 3 });
    const part = fc.dictionary(key, fc.oneof(tree, fc.dictionary(key, tree)), { maxKeys: 6 });
    fc.assert(
      fc.property(tree, (value) => parse(JSON.stringify(value))),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(part, part, key, (whole, one, name) => {
        parse(JSON.stringify(whole));
        parse(JSON.stringify({ ...whole, peers: [one, { [name]: one }] }));
      }),
      { numRuns: 250 },
    );
  });

  test("for a scenario with a slip of the pen", () => {
    fc.assert(
      fc.property(mutated(fc.constant(hello)), (text) => parse(text)),
      { numRuns: 500 },
    );
    const written = arbitraryScenario.map(writeScenario);
    fc.assert(
      fc.property(mutated(written), (text) => parse(text)),
      { numRuns: 150 },
    );
  });

  test("for any override", () => {
    const path = fc
      .array(fc.oneof(fc.constantFrom(...keys, "*", "dsl", "[0]", "[99]"), scrap), { maxLength: 5 })
      .map((parts) => parts.join(".").replaceAll(".[", "["));
    const override = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.tuple(path, scrap, scrap).map(([at, a, b]) => `${at}=${a}${b}`),
    );
    fc.assert(
      fc.property(fc.array(override, { minLength: 1, maxLength: 3 }), (overrides) => {
        parse(hello, overrides);
      }),
      { numRuns: 500 },
    );
  });
});

const keys = [
  ...[
    "name",
    "seed",
    "torrent",
    "size",
    "pieceLength",
    "network",
    "delay",
    "headers",
    "segment",
    "tracker",
  ],
  ...[
    "peers",
    "class",
    "count",
    "role",
    "upload",
    "download",
    "pieces",
    "allBut",
    "fraction",
    "arrive",
    "at",
  ],
  ...[
    "within",
    "poisson",
    "decaying",
    "timeConstant",
    "trace",
    "start",
    "until",
    "leave",
    "after",
    "session",
    "crash",
    "rejoin",
    "complete",
    "choker",
    "picker",
  ],
  ...[
    "options",
    "profile",
    "settings",
    "slots",
    "pipeline",
    "rule",
    "seconds",
    "min",
    "max",
    "stop",
    "when",
  ],
  ...[
    "atMost",
    "uniform",
    "values",
    "table",
    "exponential",
    "mix",
    "share",
    "link",
    "preset",
    "file",
    "scale",
    "interpolation",
    "weight",
    "value",
    "__proto__",
    "constructor",
    "x y",
  ],
];
