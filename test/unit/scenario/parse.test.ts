import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { changed, dsl, hello, top } from "../../support/scenario-text.ts";

const constant = (value: number) => ({ kind: "constant", value });

describe("a scenario that says the least", () => {
  test("gets every default", () => {
    const { peers, ...rest } = parseScenario(hello.replace("name: hello\n", ""));
    expect(rest).toEqual({
      name: "scenario",
      description: "",
      seed: "1",
      torrent: { size: 10_485_760, pieceLength: 262_144 },
      network: {
        model: "access",
        delay: { kind: "uniform", min: 5, max: 50 },
        headerBytes: 40,
        segmentBytes: 1460,
      },
      tracker: { numwant: 50, interval: 1_800_000, minInterval: 300_000, delay: 20 },
      stop: { when: "all-complete", atMost: 86_400_000 },
      wire: "direct",
      sampleInterval: 5000,
    });
    expect(peers[1]).toEqual({
      name: "dsl",
      mix: undefined,
      isJoint: false,
      count: 10,
      role: "leecher",
      upload: constant(125_000),
      download: constant(1_000_000),
      delay: { kind: "uniform", min: 5, max: 50 },
      reachable: true,
      corrupts: 0,
      pieces: { kind: "none" },
      arrive: { kind: "at", time: 0 },
      leave: { afterCompletion: undefined, session: undefined, crash: false, rejoin: false },
      choker: { name: "tit-for-tat", options: {} },
      seedChoker: undefined,
      picker: { name: "rarest-first", options: {} },
      profile: "mainline-4",
      settings: profiles["mainline-4"],
      ownSettings: {},
    });
  });

  test.each([
    ["scenarios/flashcrowd.yaml", "flashcrowd"],
    ["C:\\runs\\flashcrowd.YML", "flashcrowd"],
    ["/dev/stdin", "stdin"],
    [".yaml", "scenario"],
    [`${"x".repeat(300)}.yaml`, "x".repeat(200)],
    ["a\nb.yaml", "a b"],
  ])("is named after its file: %j", (fileName, name) => {
    const text = hello.replace("name: hello\n", "");
    expect(parseScenario(text, { fileName }).name).toBe(name);
  });

  test("is read alike with a byte order mark, CRLF and a %YAML line", () => {
    const plain = parseScenario(hello);
    expect(parseScenario(`\uFEFF${hello}`)).toEqual(plain);
    expect(parseScenario(hello.replaceAll("\n", "\r\n"))).toEqual(plain);
    expect(parseScenario(`%YAML 1.1\n---\n${hello}`)).toEqual(plain);
  });
});

describe("the top", () => {
  test.each([
    ["seed: 7", "7"],
    ["seed: 007", "7"],
    ["seed: 1.5", "1.5"],
    ["seed: apple", "apple"],
    ['seed: "7"', "7"],
    ["seed: 0x10", "16"],
  ])("takes %s as text", (line, seed) => {
    expect(top(line).seed).toBe(seed);
  });

  test.each([
    ["on", 40],
    ["true", 40],
    ["off", 0],
    ["false", 0],
    ["0 B", 0],
    ["60 B", 60],
  ])("takes network.headers: %s", (value, bytes) => {
    expect(top(`network: { headers: ${value} }`).network.headerBytes).toBe(bytes);
  });

  test("takes all of tracker, network, stop, wire and sampleInterval", () => {
    const text = `${hello}network: { delay: 10 ms, segment: 1400 B }
tracker: { numwant: 30, interval: 10 min, minInterval: 1 min, delay: 5 ms }
stop: { when: time, atMost: 2 h }
wire: bytes
sampleInterval: 1 s
description: |
  What it shows.
`;
    expect(parseScenario(text)).toMatchObject({
      description: "What it shows.\n",
      network: { delay: constant(10), segmentBytes: 1400 },
      tracker: { numwant: 30, interval: 600_000, minInterval: 60_000, delay: 5 },
      stop: { when: "time", atMost: 7_200_000 },
      wire: "bytes",
      sampleInterval: 1000,
      peers: [{ delay: constant(10) }, { delay: constant(10) }],
    });
  });

  test.each([
    ["100 KiB", "256 KiB"],
    ["1 MiB", "17 KiB"],
    ["10 MB", "100000 B"],
    ["1 B", "1 B"],
  ])("takes %s in pieces of %s: BEP 3 lets a piece be of any length", (size, pieceLength) => {
    const text = changed("size: 10 MiB", `size: ${size}, pieceLength: ${pieceLength}`);
    expect(() => parseScenario(text)).not.toThrow();
  });
});

describe("a distribution", () => {
  test.each([
    ["1 Mbit/s", constant(125_000)],
    ["{ uniform: [1 Mbit/s, 2 Mbit/s] }", { kind: "uniform", min: 125_000, max: 250_000 }],
    ["{ uniform: [1 Mbit/s, 1 Mbit/s] }", { kind: "uniform", min: 125_000, max: 125_000 }],
    [
      "{ values: [1 Mbit/s, { value: 8 Mbit/s, weight: 0.5 }] }",
      {
        kind: "values",
        values: [
          { value: 125_000, weight: 1 },
          { value: 1_000_000, weight: 0.5 },
        ],
      },
    ],
    [
      "{ table: [[0, 1 Mbit/s], [0.8, 2 Mbit/s], [1, 8 Mbit/s]] }",
      {
        kind: "table",
        interpolation: "linear",
        points: [
          { cdf: 0, value: 125_000 },
          { cdf: 0.8, value: 250_000 },
          { cdf: 1, value: 1_000_000 },
        ],
      },
    ],
  ])("of capacities may be %s", (value, upload) => {
    expect(parseScenario(changed("upload: 1 Mbit/s", `upload: ${value}`)).peers[1]?.upload).toEqual(
      upload,
    );
  });

  test("of times may be exponential", () => {
    expect(dsl("delay: { exponential: 30 ms }").delay).toEqual({ kind: "exponential", mean: 30 });
  });
});

describe("a class", () => {
  test.each([
    ["none", { kind: "none" }],
    ["{ allBut: [3, 0, 3] }", { kind: "all-but", pieces: [0, 3] }],
    ["{ fraction: 0.5 }", { kind: "fraction", fraction: 0.5 }],
  ])("may bring pieces: %s", (value, pieces) => {
    expect(dsl(`pieces: ${value}`).pieces).toEqual(pieces);
  });

  test("may be behind NAT, corrupt blocks, and have a delay of its own", () => {
    expect(dsl("reachable: false").reachable).toBe(false);
    expect(dsl("corrupts: 0.25").corrupts).toBe(0.25);
    expect(dsl("delay: 100 ms").delay).toEqual(constant(100));
  });

  test("may name strategies alone, with options, or by the path of a module", () => {
    expect(dsl("choker: none").choker).toEqual({ name: "none", options: {} });
    expect(dsl("choker: { name: tit-for-tat, options: { minUploads: 3 } }").choker).toEqual({
      name: "tit-for-tat",
      options: { minUploads: 3 },
    });
    expect(dsl("seedChoker: { name: ./mine.ts }").seedChoker).toEqual({
      name: "./mine.ts",
      options: {},
    });
    expect(dsl("picker: sequential").picker).toEqual({ name: "sequential", options: {} });
  });

  test("has the constants of its profile, but for its settings", () => {
    const settings =
      "settings: { slots: 6, snubTime: 30 s, maxRequestLength: 32 KiB, newPeerWeight: 1.5 }";
    const one = dsl(`profile: libtorrent-2\n    ${settings}`);
    expect(one.profile).toBe("libtorrent-2");
    expect(one.settings).toEqual({
      ...profiles["libtorrent-2"],
      slots: { rule: "fixed", slots: 6 },
      snubTime: 30_000,
      maxRequestLength: 32_768,
      newPeerWeight: 1.5,
    });
  });

  test.each([
    ["slots: mainline", { slots: { rule: "mainline" } }],
    ["pipeline: 5", { pipeline: { rule: "fixed", requests: 5 } }],
    ["pipeline: { rule: fixed, requests: 5 }", { pipeline: { rule: "fixed", requests: 5 } }],
    ["pipeline: { rule: mainline, start: 4 }", { pipeline: { rule: "mainline", start: 4 } }],
    [
      "pipeline: { rule: seconds, seconds: 1500 ms, min: 2, max: 9 }",
      { pipeline: { rule: "seconds", seconds: 1.5, min: 2, max: 9 } },
    ],
  ])("may set %s", (line, settings) => {
    expect(dsl(`settings: { ${line} }`).settings).toMatchObject(settings);
  });

  test("may take over the keys of another by a merge key", () => {
    const text = `${hello.replace("- class: dsl", "- &dsl\n    class: dsl")}  - { <<: *dsl, class: fast, upload: 8 Mbit/s }\n`;
    expect(parseScenario(text).peers[2]).toMatchObject({
      name: "fast",
      count: 10,
      upload: constant(1_000_000),
      download: constant(1_000_000),
    });
  });
});
