import { describe, expect, test } from "@jest/globals";
import { ScenarioError } from "../../../src/scenario/issues.ts";
import { parseScenario, readScenario } from "../../../src/scenario/parse.ts";
import { changed, complaint, dslWith, hello, topWith } from "../../support/scenario-text.ts";

const classKeys =
  "Known keys: class, count, role, upload, download, link, delay, reachable, corrupts, pieces, arrive, leave, choker, seedChoker, picker, profile, settings, mix.";

describe("an unknown key", () => {
  test.each([
    [topWith("sed: 3"), 'x.yaml:13:1: sed: unknown key. Did you mean "seed"?'],
    [
      changed("size: 10 MiB", "size: 10 MiB, peiceLength: 1 MiB"),
      'x.yaml:2:26: torrent.peiceLength: unknown key. Did you mean "pieceLength"?',
    ],
    // What is missing because of it is not told too.
    [
      changed("    upload: 1", "    uplaod: 1"),
      'x.yaml:11:5: peers.dsl.uplaod: unknown key. Did you mean "upload"?',
    ],
    [
      changed("    upload: 1", "    up: 1"),
      'x.yaml:11:5: peers.dsl.up: unknown key. Write "upload".',
    ],
    [dslWith("frobnicate: 1"), `x.yaml:13:5: peers.dsl.frobnicate: unknown key. ${classKeys}`],
    [
      dslWith("settings: { slot: 4 }"),
      'x.yaml:13:17: peers.dsl.settings.slot: unknown key. Did you mean "slots"?',
    ],
    [
      dslWith("arrive: { att: 5 s }"),
      'x.yaml:13:15: peers.dsl.arrive.att: unknown key. Did you mean "at"?',
    ],
    [
      dslWith("leave: { after: { exponentail: 5 s } }"),
      'x.yaml:13:23: peers.dsl.leave.after.exponentail: unknown key. Did you mean "exponential"?',
    ],
    [
      dslWith("settings: { pipeline: { rule: fixed, requets: 3 } }"),
      'x.yaml:13:42: peers.dsl.settings.pipeline.requets: unknown key. Did you mean "requests"?',
    ],
    [
      dslWith("nat: true"),
      'x.yaml:13:5: peers.dsl.nat: unknown key. Write "reachable: false" for peers behind NAT.',
    ],
    [
      changed("size: 10 MiB", "size: 10 MiB, name: x"),
      "x.yaml:2:26: torrent.name: unknown key. Known keys: size, pieceLength.",
    ],
    [
      changed("size: 10 MiB", "size: 10 MiB, pieceSize: 1 MiB"),
      'x.yaml:2:26: torrent.pieceSize: unknown key. Write "pieceLength".',
    ],
    [
      changed("upload: 1 Mbit/s", "upload: { exponential: 1 Mbit/s }"),
      "x.yaml:11:15: peers.dsl.upload.exponential: unknown key. A capacity cannot be exponential, or some would be next to nothing.",
    ],
    [dslWith("constructor: 1"), `x.yaml:13:5: peers.dsl.constructor: unknown key. ${classKeys}`],
    [dslWith('"a\\nb": 1'), `x.yaml:13:5: peers.dsl."a\\nb": unknown key. ${classKeys}`],
  ])("%#", (text, message) => {
    expect(complaint(text)).toBe(message);
  });
});

describe("what is missing", () => {
  test.each([
    ["peers: []", "x.yaml:1:1: torrent: is missing. Write it as in torrent: { size: 100 MiB }."],
    [
      "torrent: { size: 1 MiB }",
      "x.yaml:1:1: peers: is missing. Write a list of classes, each as { class: dsl, count: 10, upload: …, download: … }.",
    ],
    [
      "torrent: { size: 1 MiB }\npeers: []",
      "x.yaml:2:8: peers: must be a list of at least 1, and is an empty list.",
    ],
    [
      "torrent: { size: 1 MiB }\npeers:\n  -",
      "x.yaml:3:4: peers[0]: must be a mapping of keys to values, and is empty. Give it a value, or leave the key out.",
    ],
    [
      changed("{ size: 10 MiB }", "{}"),
      "x.yaml:2:10: torrent.size: is missing. Write a size as in 100 MiB, 256 KiB, 1 GB.",
    ],
    [
      changed("- class: dsl\n    count", "- count"),
      "x.yaml:9:5: peers[1].class: is missing. Give the class a name: class: dsl.",
    ],
    [
      changed("    count: 10\n", ""),
      "x.yaml:9:5: peers.dsl.count: is missing. It must be a whole number.",
    ],
    [
      changed("    upload: 1 Mbit/s\n", ""),
      "x.yaml:9:5: peers.dsl.upload: is missing. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.",
    ],
    [
      dslWith("settings: { pipeline: { requests: 5 } }"),
      "x.yaml:13:27: peers.dsl.settings.pipeline.rule: is missing. It must be one of fixed, mainline, seconds.",
    ],
  ])("%#", (text, message) => {
    expect(complaint(text).split("\n")).toContain(message);
  });
});

describe("an error", () => {
  test("tells all that is wrong, down the file", () => {
    const text = changed("size: 10 MiB", "size: 10")
      .replace("count: 10", "count: 0")
      .replace("8 Mbit/s", "8");
    expect(
      complaint(text)
        .split("\n")
        .map((line) => line.split(":").slice(0, 4).join(":")),
    ).toEqual([
      "x.yaml:2:18: torrent.size",
      "x.yaml:7:13: peers.origin.upload",
      "x.yaml:10:12: peers.dsl.count",
    ]);
  });

  test("has its issues as data", () => {
    let error: unknown;
    try {
      parseScenario(topWith("sed: 3"), { fileName: "x.yaml" });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ScenarioError);
    expect((error as ScenarioError).issues).toEqual([
      {
        file: "x.yaml",
        line: 13,
        column: 1,
        override: undefined,
        path: "sed",
        message: "unknown key",
        hint: 'Did you mean "seed"?',
      },
    ]);
  });

  test("names line and column where there is no file", () => {
    expect(() => parseScenario(topWith("sed: 3"))).toThrow(
      'line 13, column 1: sed: unknown key. Did you mean "seed"?',
    );
  });

  test("of hundreds of issues tells twenty, and counts the others", () => {
    const lines = complaint(
      `torrent: { size: 1 MiB }\npeers:\n${"  - { count: 1 }\n".repeat(100)}`,
    ).split("\n");
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe("… and 280 more.");
  });

  test("may be made by the caller, for a place in the file", () => {
    const text = dslWith("choker: { name: mine, options: { a: 1 } }");
    const { errorInClass } = readScenario(text, { fileName: "x.yaml" });
    expect(errorInClass(1, ["choker", "options", "a"], "is odd").message).toBe(
      "x.yaml:13:41: peers.dsl.choker.options.a: is odd.",
    );
    expect(errorInClass(0, ["picker"], "is odd").message).toBe(
      "x.yaml:4:5: peers.origin.picker: is odd.",
    );
  });

  test("points into an anchor where its value comes from there", () => {
    const text = `${hello.replace("- class: dsl\n    count: 10", "- &dsl\n    class: dsl\n    count: 0")}  - { <<: *dsl, class: fast }\n`;
    expect(complaint(text)).toBe(
      "x.yaml:11:12: peers.dsl.count: must be at least 1, and is 0.\nx.yaml:11:12: peers.fast.count: must be at least 1, and is 0.",
    );
  });
});
