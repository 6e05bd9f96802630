import { describe, expect, test } from "@jest/globals";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { complaint, dslWith, hello } from "../../support/scenario-text.ts";

const set = (...overrides: string[]) => parseScenario(hello, { overrides });

describe("an override", () => {
  test("sets a value, whether the file has it or not", () => {
    expect(set("torrent.size=1 MiB").torrent.size).toBe(1_048_576);
    expect(set("seed=apple").seed).toBe("apple");
    expect(set("stop.atMost=1 h").stop).toEqual({ when: "all-complete", atMost: 3_600_000 });
    expect(set("peers.dsl.settings.slots=7").peers[1]?.settings.slots).toEqual({
      rule: "fixed",
      slots: 7,
    });
    expect(set("name=a = b").name).toBe("a = b");
  });

  test("names a class by name, by index, or all of them", () => {
    expect(set("peers.dsl.count=3").peers.map(({ count }) => count)).toEqual([1, 3]);
    expect(set("peers[1].count=3").peers.map(({ count }) => count)).toEqual([1, 3]);
    expect(set("peers.*.count=3").peers.map(({ count }) => count)).toEqual([3, 3]);
  });

  test("may be a mapping or a list in YAML", () => {
    expect(set("peers.dsl.upload={ uniform: [1 Mbit/s, 2 Mbit/s] }").peers[1]?.upload).toEqual({
      kind: "uniform",
      min: 125_000,
      max: 250_000,
    });
    const [origin, dsl] = set("peers.dsl.arrive.at=5 s").peers;
    expect([origin?.arrive, dsl?.arrive]).toEqual([
      { kind: "at", time: 0 },
      { kind: "at", time: 5000 },
    ]);
  });

  test("that comes later wins", () => {
    expect(set("peers.*.count=3", "peers.dsl.count=4").peers.map(({ count }) => count)).toEqual([
      3, 4,
    ]);
    expect(set("peers.dsl.count=4", "peers.*.count=3").peers.map(({ count }) => count)).toEqual([
      3, 3,
    ]);
    expect(set("peers.dsl.class=slow", "peers.slow.count=4").peers[1]).toMatchObject({
      name: "slow",
      count: 4,
    });
  });

  test("reaches into lists", () => {
    const text = dslWith("delay: { values: [5 ms, 10 ms] }");
    expect(
      parseScenario(text, { overrides: ["peers.dsl.delay.values[1]=20 ms"] }).peers[1]?.delay,
    ).toMatchObject({
      values: [{ value: 5 }, { value: 20 }],
    });
  });

  test("mends what is wrong in the file", () => {
    expect(complaint(dslWith("corrupts: 5%"), { overrides: ["peers.dsl.corrupts=0.05"] })).toBe(
      "no complaint",
    );
  });

  test("does not touch the prototype of anything", () => {
    for (const path of [
      "__proto__.x",
      "torrent.__proto__.x",
      "constructor.prototype.x",
      "peers.__proto__.x",
    ]) {
      expect(complaint(hello, { overrides: [`${path}=1`] })).toContain(`--set ${path}=1: `);
    }
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("a wrong override", () => {
  test.each([
    ["peers.dsl.count", "is not of the form path=value. Write it as in peers.dsl.count=100."],
    ["=3", "is not of the form path=value. Write it as in peers.dsl.count=100."],
    [
      "peers..x=1",
      "has a path that cannot be read. Write it as in peers.dsl.upload or peers[0].upload.",
    ],
    ["peers.dls.count=3", 'there is no class "dls". Did you mean "dsl"?'],
    [
      "peers.cable.count=3",
      'there is no class "cable". Classes: origin, dsl; or * for all of them.',
    ],
    ["peers[9].count=1", "there is no peers[9]. The last is peers[1]."],
    ["torent.size=1 MiB", 'torent is not in the scenario. Did you mean "torrent"?'],
    [
      "peers.dsl.setings.slots=1",
      'peers.dsl.setings is not in the scenario. Did you mean "settings"?',
    ],
    ["peers.dsl.uplaod=1 Mbit/s", 'peers.dsl.uplaod: unknown key. Did you mean "upload"?'],
    [
      "peers.dsl.upload=10",
      "peers.dsl.upload: lacks its unit: write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s, not 10.",
    ],
    ["peers.dsl.count=0", "peers.dsl.count: must be at least 1, and is 0."],
    [
      "peers.dsl.upload.uniform=1",
      'peers.dsl.upload is "1 Mbit/s", which has no "uniform". Set the whole of it: peers.dsl.upload={ … }.',
    ],
    ["peers.dsl.arrive.trace[0]=1 s", "peers.dsl.arrive.trace is not in the scenario."],
    ["peers=3", "peers: must be a list, and is 3."],
    ["seed=*x", "has a value that cannot be read: nothing before is marked &x, which *x repeats."],
    ["seed=[", "has a value that cannot be read: not YAML: a list that begins with [ has no ]."],
    [
      "name=!x y",
      'has a value that cannot be read: the tag "!x" means nothing here. Leave it out; put a text that begins with ! into quotes.',
    ],
    ["torrent.__proto__=1", "__proto__ cannot be a key."],
    ["stop={ __proto__: 1 }", "has a value that cannot be read: __proto__ cannot be a key."],
    [
      "peers.dsl.choker=tit-for-tta",
      'peers.dsl.choker: there is no choker called "tit-for-tta". Did you mean "tit-for-tat"?',
    ],
    // What it makes necessary is told of it, though the file has no such place.
    [
      "peers.dsl.settings.pipeline.rule=fixed",
      "peers.dsl.settings.pipeline.requests: is missing. It must be a number.",
    ],
    [
      "stop.when=time",
      "stop.atMost: is missing. A run that ends by time needs it, as in atMost: 2 h.",
    ],
  ])("%s", (override, message) => {
    expect(complaint(hello, { overrides: [override] })).toBe(`--set ${override}: ${message}`);
  });

  test("for all classes is told for each", () => {
    expect(complaint(hello, { overrides: ["peers.*.count=0"] })).toBe(
      "--set peers.*.count=0: peers.origin.count: must be at least 1, and is 0.\n" +
        "--set peers.*.count=0: peers.dsl.count: must be at least 1, and is 0.",
    );
  });

  test("is told on one line, before what is wrong in the file", () => {
    expect(complaint(dslWith("corrupts: 5"), { overrides: ["seed=1\n---\n2"] })).toBe(
      "--set seed=1\\n---\\n2: has a value that cannot be read: a second document begins here. A file holds one scenario.\n" +
        "x.yaml:13:15: peers.dsl.corrupts: must be at most 1, and is 5.",
    );
  });

  test("is not blamed for what the file lacks", () => {
    const text = hello.replace(/ {4}download: 8 Mbit\/s\n$/, "");
    expect(complaint(text, { overrides: ["peers.dsl.upload=2 Mbit/s"] })).toBe(
      "x.yaml:9:5: peers.dsl.download: is missing. Write a rate as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s.",
    );
  });
});
