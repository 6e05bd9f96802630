import { describe, expect, test } from "@jest/globals";
import { parseScenario } from "../../../src/scenario/parse.ts";
import type { PeerClass } from "../../../src/scenario/scenario.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { complaint, dslWith, hello } from "../../support/scenario-text.ts";

const constant = (value: number) => ({ kind: "constant", value });

describe("departures", () => {
  const none = { afterCompletion: undefined, session: undefined, crash: false, rejoin: false };
  const end = "stop: { when: time, atMost: 1 h }\n";
  const left = (value: string) =>
    parseScenario(dslWith(`leave: ${value}`) + end).peers[1] as PeerClass;
  test.each([
    ["never", none],
    ["on-completion", { ...none, afterCompletion: constant(0) }],
    ["{ after: 10 min }", { ...none, afterCompletion: constant(600_000) }],
    [
      "{ after: { exponential: 1 h }, crash: true }",
      { ...none, afterCompletion: { kind: "exponential", mean: 3_600_000 }, crash: true },
    ],
    ["rejoin", { ...none, afterCompletion: constant(0), rejoin: true }],
    ["{ after: 0 s, rejoin: true }", { ...none, afterCompletion: constant(0), rejoin: true }],
    [
      "{ session: 30 min, crash: true, rejoin: true }",
      { ...none, session: constant(1_800_000), crash: true, rejoin: true },
    ],
    ["{ session: 30 min }", { ...none, session: constant(1_800_000) }],
    [
      "{ after: 0 s, session: 30 min }",
      { ...none, afterCompletion: constant(0), session: constant(1_800_000) },
    ],
  ])("may be %s", (value, leave) => {
    expect(left(value).leave).toEqual(leave);
  });
});

describe("rejoining", () => {
  const rejoining = dslWith("leave: rejoin");
  const forEver =
    "13:12: peers.dsl.leave: goes on for ever, and so does the run, which waits for everybody. Set stop.when: { complete: [another class] } or stop.atMost.";

  test("needs an end of the run", () => {
    expect(complaint(rejoining)).toBe(`x.yaml:${forEver}`);
    expect(complaint(`${rejoining}stop: { atMost: 1 h }\n`)).toBe("no complaint");
    expect(complaint(`${rejoining}stop: { when: time, atMost: 1 h }\n`)).toBe("no complaint");
    const other = "  - { class: other, count: 1, upload: 1 MB/s, download: unlimited }\n";
    expect(complaint(`${rejoining}${other}`)).toBe(`x.yaml:${forEver}`);
    expect(complaint(`${rejoining}${other}stop: { when: { complete: [other] } }\n`)).toBe(
      "no complaint",
    );
  });

  test("is told once of a mix", () => {
    const mixed = `${rejoining}    mix: [{ class: a, share: 0.5 }, { class: b }]\n`;
    expect(complaint(mixed)).toBe(`x.yaml:${forEver}`);
  });

  test("is not for seeders", () => {
    const text = `${hello.replace("role: seeder", "role: seeder\n    leave: rejoin")}stop: { when: time, atMost: 1 h }\n`;
    expect(complaint(text)).toBe(
      "x.yaml:7:12: peers.origin.leave: has a seeder rejoin, and who rejoins has nothing. Rejoining is for leechers.",
    );
  });
});

describe("a run that waits for some classes", () => {
  const other =
    "  - { class: other, count: 2, upload: 1 MB/s, download: 1 MB/s, mix: [{ class: a, count: 1 }, { class: b }, { class: c, share: 0 }] }\n";
  const waiting = (complete: string, line = "reachable: true") =>
    `${dslWith(line)}${other}stop: { when: { complete: ${complete} } }\n`;

  test("names classes, members of mixes, or a mix for all of them", () => {
    for (const names of [["dsl"], ["a", "b"], ["other"], ["dsl", "other", "dsl"]]) {
      const scenario = parseScenario(waiting(`[${names.join(", ")}]`));
      expect(scenario.stop).toEqual({ when: { complete: names }, atMost: 86_400_000 });
      expect(parseScenario(writeScenario(scenario)).stop).toEqual(scenario.stop);
    }
  });

  test.each([
    [
      "[dls]",
      "reachable: true",
      '15:28: stop.when.complete[0]: there is no class "dls". Did you mean "dsl"?',
    ],
    [
      "[dsl, nobody]",
      "reachable: true",
      '15:33: stop.when.complete[1]: there is no class "nobody". Classes: origin, dsl, other, a, b, c.',
    ],
    [
      "[origin]",
      "reachable: true",
      "15:28: stop.when.complete[0]: origin has no leechers, who could complete.",
    ],
    [
      "[dsl]",
      "leave: rejoin",
      "15:28: stop.when.complete[0]: dsl rejoins for ever, and is never done.",
    ],
    [
      "[c]",
      "reachable: true",
      "15:28: stop.when.complete[0]: c has no peers, so the run would end as it begins.",
    ],
    [
      "[]",
      "reachable: true",
      "15:27: stop.when.complete: must be a list of at least 1, and is an empty list.",
    ],
    ["dsl", "reachable: true", '15:27: stop.when.complete: must be a list, and is "dsl".'],
  ])("for %s with %s is told what is wrong", (complete, line, message) => {
    expect(complaint(waiting(complete, line))).toBe(`x.yaml:${message}`);
  });

  test.each([
    [
      "stop: { when: all-complet }",
      '13:15: stop.when: must be all-complete, time, or { complete: [class, …] }, and is "all-complet". Did you mean "all-complete"?',
    ],
    [
      "stop: { when: { complet: [dsl] } }",
      '13:17: stop.when.complet: unknown key. Did you mean "complete"?',
    ],
    ["stop: { when: {} }", "13:15: stop.when.complete: is missing. It must be a list."],
  ])("is written so: %s", (line, message) => {
    expect(complaint(`${hello}${line}\n`)).toBe(`x.yaml:${message}`);
  });

  test("does not wait for other arrivals to end", () => {
    const endless = dslWith("arrive: { poisson: 2 per min }").replace("    count: 10\n", "");
    expect(complaint(`${endless}${other}stop: { when: { complete: [other] } }\n`)).toBe(
      "no complaint",
    );
    expect(complaint(`${endless}${other}stop: { when: { complete: [dsl] } }\n`)).toContain(
      "never ends, and so does the run",
    );
  });
});
