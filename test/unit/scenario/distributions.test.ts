import { describe, expect, test } from "@jest/globals";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { linkPresets } from "../../../src/scenario/presets.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { piatek2007Upload } from "../../../src/theory/capacities.ts";
import { changed, complaint, dsl, hello } from "../../support/scenario-text.ts";

/** Class dsl with this line instead of its upload. */
const upload = (value: string) => changed("upload: 1 Mbit/s", `upload: ${value}`);
/** Class dsl with this line instead of upload and download. */
const linked = (line: string) =>
  changed("    upload: 1 Mbit/s\n    download: 8 Mbit/s\n", `    ${line}\n`);
const last = (text: string, file = "") => parseScenario(text, { readFile: () => file }).peers[1];
const unlimited = Number.POSITIVE_INFINITY;

describe("a distribution", () => {
  test("may be scaled, whatever its kind", () => {
    expect(last(upload("{ uniform: [1 MB/s, 2 MB/s], scale: 0.5 }"))?.upload).toEqual({
      kind: "uniform",
      min: 500_000,
      max: 1_000_000,
    });
    expect(last(upload("{ values: [{ value: 1 MB/s, weight: 2 }], scale: 3 }"))?.upload).toEqual({
      kind: "values",
      values: [{ value: 3_000_000, weight: 2 }],
    });
    expect(dsl("delay: { exponential: 30 ms, scale: 2 }").delay).toEqual({
      kind: "exponential",
      mean: 60,
    });
  });

  test("may be a published one", () => {
    const whole = last(upload("{ preset: piatek2007 }"))?.upload;
    expect(whole).toEqual({
      kind: "table",
      points: piatek2007Upload,
      interpolation: "logarithmic",
    });
    const tenth = last(upload("{ preset: piatek2007, scale: 0.1 }"))?.upload;
    const points = piatek2007Upload.map(({ cdf, value }) => ({ cdf, value: value * 0.1 }));
    expect(tenth).toEqual({ kind: "table", points, interpolation: "logarithmic" });
  });

  test("of downloads may be unlimited, for all or for some", () => {
    const text = changed(
      "download: 8 Mbit/s\n  - class: dsl",
      "download: unlimited\n  - class: dsl",
    );
    expect(parseScenario(text).peers[0]?.download).toEqual({ kind: "constant", value: unlimited });
    const some = text.replace("unlimited", "{ values: [1 MB/s, unlimited], scale: 2 }");
    expect(parseScenario(some).peers[0]?.download).toEqual({
      kind: "values",
      values: [
        { value: 2_000_000, weight: 1 },
        { value: unlimited, weight: 1 },
      ],
    });
  });

  test.each([
    [
      "{ table: [[0, 1 MB/s], [1, 2 MB/s]], scale: 0 }",
      "11:57: peers.dsl.upload.scale: must be above 0, and is 0.",
    ],
    [
      "{ uniform: [1 Gbit/s, 2 Gbit/s], scale: 1000 }",
      "11:53: peers.dsl.upload.scale: takes a value out of bounds: it must be at most 1 Tbit/s.",
    ],
    [
      "{ uniform: [1 MB/s, 2 MB/s], interpolation: linear }",
      "11:57: peers.dsl.upload.interpolation: goes with table and file only.",
    ],
    [
      "{ table: [[0, 1 MB/s], [1, 2 MB/s]], interpolation: log }",
      '11:65: peers.dsl.upload.interpolation: must be one of linear, logarithmic, and is "log".',
    ],
    [
      "unlimited",
      '11:13: peers.dsl.upload: "unlimited" is for a download alone, or one of its values. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.',
    ],
  ])("%s is told what is wrong", (value, message) => {
    expect(complaint(upload(value))).toBe(`x.yaml:${message}`);
  });

  test("of downloads is unlimited in one word and not between values", () => {
    const download = (value: string) =>
      complaint(linked(`{ upload: 1 MB/s, download: ${value} }`).replace("    {", "    <<: {"));
    expect(download("unlimted")).toBe(
      'x.yaml:11:37: peers.dsl.download: "unlimted" is not a number with a unit. Did you mean "unlimited"?',
    );
    expect(download("{ uniform: [1 MB/s, unlimited] }")).toBe(
      'x.yaml:11:57: peers.dsl.download.uniform[1]: "unlimited" is for a download alone, or one of its values. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.',
    );
  });

  test("of delays cannot be logarithmic from zero on", () => {
    const text = `${hello}network: { delay: { table: [[0, 0 s], [1, 50 ms]], interpolation: logarithmic } }\n`;
    expect(complaint(text)).toBe(
      "x.yaml:13:29: network.delay.table[0]: must not be 0, which has no logarithm.",
    );
  });
});

describe("a link", () => {
  test("has both directions, which are drawn as one", () => {
    const one = last(
      linked(
        "link: { values: [{ download: 16 MB/s, upload: 1 MB/s }, { upload: 2 MB/s, download: unlimited, weight: 3 }] }",
      ),
    );
    expect(one).toMatchObject({
      isJoint: true,
      upload: {
        kind: "values",
        values: [
          { value: 1e6, weight: 1 },
          { value: 2e6, weight: 3 },
        ],
      },
      download: {
        kind: "values",
        values: [
          { value: 16e6, weight: 1 },
          { value: unlimited, weight: 3 },
        ],
      },
    });
  });

  test.each(Object.keys(linkPresets) as (keyof typeof linkPresets)[])(
    "may be %s, scaled",
    (name) => {
      const one = last(linked(`link: { preset: ${name}, scale: 2 }`));
      const presets = linkPresets[name];
      expect(one?.upload).toEqual({
        kind: "values",
        values: presets.map(({ upload: value, weight }) => ({ value: 2 * value, weight })),
      });
      expect(one?.download).toEqual({
        kind: "values",
        values: presets.map(({ download: value, weight }) => ({ value: 2 * value, weight })),
      });
    },
  );

  test("of the paper is in bytes", () => {
    expect(linkPresets.bharambe2006[0]).toEqual({
      download: 98_000,
      upload: 16_000,
      weight: 1 / 3,
    });
  });

  test.each([
    [
      changed("    count: 10\n", "    count: 10\n    link: { preset: bharambe2006 }\n"),
      "11:11: peers.dsl.link: cannot be beside upload and download, which it stands for. Leave out link, or upload and download.",
    ],
    [
      linked("lnik: { preset: bharambe2006 }"),
      '11:5: peers.dsl.lnik: unknown key. Did you mean "link"?',
    ],
    [
      linked("link: {}"),
      "11:11: peers.dsl.link: must have exactly one of values, preset; none is given.",
    ],
    [
      linked("link: { values: [{ upload: 1 MB/s }] }"),
      "11:22: peers.dsl.link.values[0].download: is missing. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.",
    ],
    [
      linked("link: { preset: bharambe2006-trce }"),
      '11:21: peers.dsl.link.preset: must be one of bharambe2006, bharambe2006-trace, bharambe2006-gnutella, and is "bharambe2006-trce". Did you mean "bharambe2006-trace"?',
    ],
    [
      linked("link: { preset: bharambe2006, scale: 1000000 }"),
      "11:42: peers.dsl.link.scale: takes a value out of bounds: it must be at most 1 Tbit/s.",
    ],
  ])("that is wrong is told so: %#", (text, message) => {
    expect(complaint(text)).toBe(`x.yaml:${message}`);
  });

  test("that is missing is told with all else that is wrong", () => {
    const text = linked("choker: 5").replace("count: 10", "count: 0");
    expect(
      complaint(text)
        .split("\n")
        .map((line) => line.split(": ")[1]),
    ).toEqual(["peers.dsl.upload", "peers.dsl.download", "peers.dsl.count", "peers.dsl.choker"]);
  });
});

describe("a file with a distribution", () => {
  const text = upload("{ file: up.csv, interpolation: logarithmic, scale: 2 }");
  const table = { kind: "table", interpolation: "logarithmic" };

  test.each([
    ["a unit in every line", "1 MB/s, 0\n8 Mbit/s; 0.5\n2 MB/s\t1\n"],
    ["a head with the unit", "MB/s,share\n1,0\n1,0.5\n2,1\n"],
    [
      "a head without one",
      "\uFEFF# measured\r\nrate,cdf\r\n\r\n1 MB/s,0 # least\r\n1 MB/s,0.5\r\n2 MB/s,1",
    ],
    ["both", "kbit/s,\n1 MB/s,.0\n8000,5e-1\n16e3,1.\n"],
  ])("may have %s", (_, file) => {
    expect(last(text, file)?.upload).toEqual({
      ...table,
      points: [
        { cdf: 0, value: 2e6 },
        { cdf: 0.5, value: 2e6 },
        { cdf: 1, value: 4e6 },
      ],
    });
  });

  test("is read for delays and stays too, and the scenario that is written needs it no more", () => {
    const paths: string[] = [];
    const readFile = (path: string) => {
      paths.push(path);
      return "ms,share\n5,0\n50,1\n";
    };
    const network = `${hello}    delay: { file: b.csv }\n    leave: { session: { file: ./c.csv } }\nnetwork: { delay: { file: a.csv } }\n`;
    const scenario = parseScenario(network, { readFile });
    expect(paths).toEqual(["a.csv", "b.csv", "./c.csv"]);
    const points = [
      { cdf: 0, value: 5 },
      { cdf: 1, value: 50 },
    ];
    const linear = { kind: "table", points, interpolation: "linear" };
    expect(scenario.peers.map(({ delay }) => delay)).toEqual([linear, linear]);
    expect(scenario.peers[1]?.leave.session).toEqual(linear);
    expect(parseScenario(writeScenario(scenario)).peers[1]?.leave).toEqual(
      scenario.peers[1]?.leave,
    );
  });

  const howTo = "Write a value and the share of peers that have at most it, as in 10 Mbit/s, 0.5.";
  test.each([
    ["", `up.csv has fewer than two points. ${howTo}`],
    ["MB/s,share\n1,1\n", `up.csv has fewer than two points. ${howTo}`],
    ["1 MB/s\n", `up.csv has fewer than two points. ${howTo}`],
    ["1 MB/s,0\n2 MB/s\n", `up.csv:2: is not a value and a share. ${howTo}`],
    ["1 MB/s,0\n1,5 MB/s,0.5\n", `up.csv:2: is not a value and a share. ${howTo}`],
    [
      "1 MB/s,0\n2 MB/s,50%\n",
      `up.csv:2: the share must be a number from 0 to 1, and is "50%". ${howTo}`,
    ],
    [
      "1 MB/s,0\n2 MB/s,100\n",
      `up.csv:2: the share must be a number from 0 to 1, and is "100". ${howTo}`,
    ],
    [
      "1,0\n2,1\n",
      'up.csv:1: "1" lacks its unit. Write a unit in every line, or in a first line as "Mbit/s,share".',
    ],
    [
      "MB,share\n1,0\n",
      'up.csv:2: "1" lacks its unit. Write a unit in every line, or in a first line as "Mbit/s,share".',
    ],
    [
      "1 MB,0\n",
      'up.csv:1: "1 MB" is a size, and not a rate. Write 1 Mbit/s for bits, or 1 MB/s for bytes.',
    ],
    [
      "1 MB/s,0\nunlimited,1\n",
      'up.csv:2: "unlimited" is for a download alone, or one of its values. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.',
    ],
    [
      "0 MB/s,0\n1 MB/s,1\n",
      'up.csv:1: "0 MB/s" must be above 0 bit/s. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.',
    ],
    [
      "# x\nMB/s,\n1,0\n2,0.5\n1,1\n",
      "up.csv:5: the point must not be smaller than the point before, neither in share nor in value.",
    ],
    ["MB/s,\n1,0\n2,0.5\n", "up.csv:3: the point must have share 1, being the last point."],
    [
      "Gbit/s,\n1,0\n1000,1\n",
      "up.csv: scale takes a value out of bounds: it must be at most 1 Tbit/s.",
    ],
  ])("that is wrong is told where and why: %j", (file, message) => {
    expect(complaint(text, { readFile: () => file })).toBe(
      `x.yaml:11:21: peers.dsl.upload.file: ${message}`,
    );
  });

  test("that cannot be read is told at its name", () => {
    expect(complaint(text)).toBe(
      "x.yaml:11:21: peers.dsl.upload.file: names the file up.csv, and there is no way to read files here. Give the points as a table.",
    );
    const missing = () => {
      throw new Error("there is no such file");
    };
    expect(complaint(text, { readFile: missing })).toBe(
      "x.yaml:11:21: peers.dsl.upload.file: names a file that cannot be used: there is no such file.",
    );
  });
});
