import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { complaint, dslWith, hello } from "../../support/scenario-text.ts";

const mixed = (mix: string, ...lines: string[]) =>
  dslWith([...lines, `mix: [${mix}]`].join("\n    "));
const classes = (text: string) => parseScenario(text).peers.slice(1);

describe("a mix", () => {
  test("makes a class of each member, alike in all but what the member says", () => {
    const text = mixed(
      "{ class: a, share: 0.3, choker: none, settings: { slots: 2 } }, { class: b, picker: random, profile: libtorrent-2 }",
      "settings: { slots: 6, minUploads: 1 }",
      "seedChoker: round-robin",
      "picker: sequential",
    );
    const [a, b] = classes(text);
    expect(a).toMatchObject({
      name: "a",
      mix: { population: "dsl", count: 10, share: 0.3 },
      count: 3,
      choker: { name: "none" },
      seedChoker: { name: "round-robin" },
      picker: { name: "sequential" },
      profile: "mainline-4",
      ownSettings: { slots: { rule: "fixed", slots: 2 }, minUploads: 1 },
    });
    expect(a?.settings).toEqual({ ...profiles["mainline-4"], ...a?.ownSettings });
    expect(b).toMatchObject({
      name: "b",
      mix: { population: "dsl", count: 10, share: 0.7 },
      count: 7,
      choker: { name: "tit-for-tat" },
      picker: { name: "random" },
      profile: "libtorrent-2",
    });
    expect(b?.settings).toEqual({ ...profiles["libtorrent-2"], ...b?.ownSettings });
    expect(b?.settings).toMatchObject({ slots: { rule: "fixed", slots: 6 }, minUploads: 1 });
    for (const key of ["upload", "download", "delay", "arrive", "leave", "role"] as const) {
      expect(a?.[key]).toEqual(b?.[key]);
    }
  });

  test("counts its members by share, by number and by what is left", () => {
    const counts = (mix: string) => classes(mixed(mix)).map(({ count }) => count);
    expect(counts("{ class: a, share: 0.25 }, { class: b, count: 1 }, { class: c }")).toEqual([
      3, 1, 6,
    ]);
    expect(counts("{ class: a, share: 0 }, { class: b, share: 1 }")).toEqual([0, 10]);
    expect(counts("{ class: a, share: 1 }, { class: b }")).toEqual([10, 0]);
    // These three do not add up to 1 in floating point.
    expect(
      counts("{ class: a, share: 0.1 }, { class: b, share: 0.2 }, { class: c, share: 0.7 }"),
    ).toEqual([1, 2, 7]);
  });

  test("needs no count of the class where all its members have one", () => {
    const text = mixed("{ class: a, count: 4 }, { class: b, count: 8 }").replace(
      "    count: 10\n",
      "",
    );
    expect(classes(text).map(({ count, mix }) => [count, mix?.count])).toEqual([
      [4, 12],
      [8, 12],
    ]);
  });

  test("of arrivals without number has shares without number", () => {
    const text = mixed(
      "{ class: a, share: 0.5 }, { class: b }",
      "arrive: { poisson: 1 per s, until: 1 min }",
    );
    const any = Number.POSITIVE_INFINITY;
    expect(classes(text.replace("    count: 10\n", "")).map(({ count }) => count)).toEqual([
      any,
      any,
    ]);
  });

  test("of a trace is as large as the trace, or as its count", () => {
    const trace = "arrive: { trace: [1 s, 2 s, 3 s, 4 s] }";
    const of = (count: string) =>
      classes(
        mixed("{ class: a, share: 0.5 }, { class: b }", trace).replace("    count: 10\n", count),
      );
    expect(of("").map(({ count }) => count)).toEqual([2, 2]);
    expect(of("    count: 3\n").map(({ count }) => count)).toEqual([2, 1]);
  });

  test("is written as it is read", () => {
    const text = mixed(
      "{ class: a, count: 3, choker: none }, { class: b, settings: { slots: 2 } }",
    );
    const written = writeScenario(parseScenario(text));
    expect(written).toContain(
      "    mix:\n      - class: a\n        share: 0.3\n        choker: none\n",
    );
    const [a, b] = classes(written);
    expect(a).toEqual({ ...classes(text)[0], ownSettings: a?.settings });
    expect(b).toEqual({ ...classes(text)[1], ownSettings: b?.settings });
    expect(writeScenario(parseScenario(written))).toBe(written);
  });
});

describe("a mistake in a mix", () => {
  test.each([
    [
      "{ class: a, share: 0.6 }, { class: b, share: 0.5 }",
      "13:10: peers.dsl.mix: has shares that add up to 1.1. They may be 1 at most, and counts as many as there are peers.",
    ],
    [
      "{ class: a, share: 0.6 }, { class: b, share: 0.3 }",
      "13:10: peers.dsl.mix: has shares that add up to 0.9, and no rest. Give one member neither share nor count: it takes what is left.",
    ],
    [
      "{ class: a, count: 11 }, { class: b }",
      "13:10: peers.dsl.mix: has shares that add up to 1.1. They may be 1 at most, and counts as many as there are peers.",
    ],
    [
      "{ class: a }, { class: b }, { class: c }",
      "13:25: peers.dsl.mix.b: has neither share nor count, and one member alone can be the rest. Give it a share, as in share: 0.1.",
    ],
    [
      "{ class: a, count: 2, share: 0.2 }, { class: b }",
      "13:11: peers.dsl.mix.a: must have share or count, and not both.",
    ],
    ["{ class: a, share: 1.5 }", "13:30: peers.dsl.mix.a.share: must be at most 1, and is 1.5."],
    [
      "{ class: a, share: 10% }",
      '13:30: peers.dsl.mix.a.share: must be a number, and is "10%". Write 0.1.',
    ],
    [
      "{ class: a, upload: 1 Mbit/s }",
      "13:23: peers.dsl.mix.a.upload: unknown key. Members of a mix differ only in strategies, profile and settings: write it in the class.",
    ],
    [
      "{ class: a, chokr: none }",
      '13:23: peers.dsl.mix.a.chokr: unknown key. Did you mean "choker"?',
    ],
    [
      "{ class: a, share: 0.5, choker: nome }, { class: b }",
      '13:43: peers.dsl.mix.a.choker: there is no choker called "nome". Did you mean "none"?',
    ],
    [
      "{ class: a, share: 0.5, settings: { minPeers: 100 } }, { class: b }",
      "13:57: peers.dsl.mix.a.settings.minPeers: is 100, and more than maxInitiate (60): it would ask the tracker again and again. Write minPeers: 60 or less.",
    ],
    [
      "{ class: origin }",
      "13:20: peers.dsl.mix.origin.class: origin is the name of peers.origin too. Give each class its own.",
    ],
    [
      "{ class: a, share: 0.5 }, { class: a }",
      "13:46: peers.dsl.mix[1].class: a is the name of peers.dsl.mix[0] too. Give each class its own.",
    ],
  ])("%#", (mix, message) => {
    expect(complaint(mixed(mix))).toBe(`x.yaml:${message}`);
  });

  test("is told once, and in the class, where the class has it for all members", () => {
    const members = "{ class: a, share: 0.5 }, { class: b }";
    expect(complaint(mixed(members, "choker: nome"))).toBe(
      'x.yaml:13:13: peers.dsl.choker: there is no choker called "nome". Did you mean "none"?',
    );
    const late = `${mixed(members, "arrive: { at: 2 h }")}stop: { atMost: 1 h }\n`;
    expect(complaint(late).split("\n")).toEqual([
      "x.yaml:13:19: peers.dsl.arrive.at: is not before stop.atMost (1 h). Make stop.atMost longer, or let them come sooner.",
    ]);
    expect(complaint(mixed(members).replace("    count: 10\n", ""))).toBe(
      "x.yaml:9:5: peers.dsl.count: is missing. It must be a whole number.",
    );
  });

  test("is a number of peers among any number", () => {
    const text = mixed(
      "{ class: a, count: 1 }, { class: b }",
      "arrive: { poisson: 1 per s, until: 1 min }",
    );
    expect(complaint(text.replace("    count: 10\n", ""))).toBe(
      "x.yaml:13:30: peers.dsl.mix.a.count: is for a population of known size, and dsl has no count. Write a share, as in share: 0.1, or give the class a count.",
    );
  });

  test("is too many classes", () => {
    const members = Array.from({ length: 999 }, (_, at) => `{ class: m${at}, share: 0 }`);
    expect(complaint(mixed([...members, "{ class: rest }"].join(", ")))).toBe(
      "x.yaml:4:3: peers: are 1001 classes with the members of mixes, and at most 1000 can be.",
    );
  });
});

describe("an override", () => {
  const text = mixed("{ class: a, share: 0.5 }, { class: b }");
  const set = (...overrides: string[]) => parseScenario(text, { overrides }).peers.slice(1);

  test("finds a member by name, by index, or all of them", () => {
    expect(set("peers.dsl.mix.a.share=0.2").map(({ count }) => count)).toEqual([2, 8]);
    expect(set("peers.dsl.mix[0].share=0.2").map(({ count }) => count)).toEqual([2, 8]);
    expect(set("peers.dsl.mix.*.choker=none").map(({ choker }) => choker.name)).toEqual([
      "none",
      "none",
    ]);
    expect(set("peers.dsl.choker=random").map(({ choker }) => choker.name)).toEqual([
      "random",
      "random",
    ]);
  });

  test("may bring the mix", () => {
    const overrides = ["peers.dsl.mix=[{ class: c, share: 0.3 }, { class: d }]"];
    expect(
      parseScenario(hello, { overrides }).peers.map(({ name, count }) => [name, count]),
    ).toEqual([
      ["origin", 1],
      ["c", 3],
      ["d", 7],
    ]);
  });

  test("that misses is told what it may have meant", () => {
    const said = (override: string) => complaint(text, { overrides: [override] });
    expect(said("peers.a.choker=none")).toBe(
      '--set peers.a.choker=none: there is no class "a". Write dsl.mix.a.',
    );
    expect(said("peers.dsl.mix.x.share=1")).toBe(
      '--set peers.dsl.mix.x.share=1: there is no class "x". Classes: a, b; or * for all of them.',
    );
    expect(said("peers.dsl.mix[2].share=1")).toBe(
      "--set peers.dsl.mix[2].share=1: there is no peers.dsl.mix[2]. The last is peers.dsl.mix[1].",
    );
    expect(said("peers.dsl.mix.a.share=2")).toBe(
      "--set peers.dsl.mix.a.share=2: peers.dsl.mix.a.share: must be at most 1, and is 2.",
    );
  });
});
