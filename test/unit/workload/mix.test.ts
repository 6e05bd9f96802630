import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Seeds } from "../../../src/chance/seeds.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { simulate } from "../../../src/sim/simulate.ts";
import { type PlannedPeer, planPeers } from "../../../src/workload/plan.ts";

const text = (population: string) => `
torrent: { size: 2 MiB }
peers:
  - { class: origin, count: 1, role: seeder, upload: 4 Mbit/s, download: 4 Mbit/s }
  - class: home
    upload: { uniform: [512 kbit/s, 4 Mbit/s] }
    download: { values: [4 Mbit/s, 8 Mbit/s] }
    leave: { after: { exponential: 1 min }, session: { exponential: 1 h } }
    pieces: { fraction: 0.2 }
    ${population}
  - { class: other, count: 5, upload: 1 Mbit/s, download: 8 Mbit/s, arrive: { within: 10 s } }
`;

/** Everything of the plan but who plays which part. */
function chanceOf(one: string) {
  const scenario = parseScenario(one);
  return planPeers(scenario, new Seeds(scenario.seed)).map(chanceOfPeer);
}

function chanceOfPeer({ class: _, classIndex: __, ...rest }: PlannedPeer) {
  return rest;
}

const arrivals = {
  "at a time": "count: 40",
  "within a span": "count: 40\n    arrive: { within: 10 s }",
  "of a Poisson process": "arrive: { poisson: 2 per s, until: 20 s }",
  "of a bounded Poisson process": "count: 30\n    arrive: { poisson: 2 per s, until: 20 s }",
  "that decay": "arrive: { decaying: 2 per s, timeConstant: 10 s }",
  "of a trace": "arrive: { trace: [1 s, 1 s, 2 s, 5 s, 8 s, 9 s, 9 s] }",
  "of a part of a trace": "count: 5\n    arrive: { trace: [1 s, 1 s, 2 s, 5 s, 8 s, 9 s, 9 s] }",
};

describe.each(Object.entries(arrivals))("arrivals %s", (_, lines) => {
  test("and links, stays and numbers are those of the population, whatever its parts", () => {
    const plain = chanceOf(text(lines));
    for (const share of [0, 0.1, 0.5, 1]) {
      const mix = `mix: [{ class: a, share: ${share}, choker: none }, { class: b, picker: random }]`;
      expect(chanceOf(text(`${lines}\n    ${mix}`))).toEqual(plain);
    }
    expect(plain.filter((one) => one.population === "home").length).toBeGreaterThan(4);
  });

  test("make the very same run where all members behave as the class would", () => {
    const digest = (more: string) =>
      simulate(parseScenario(text(`${lines}${more}`))).summary.digest;
    const plain = digest("");
    expect(digest("\n    mix: [{ class: a, share: 0.3 }, { class: b }]")).toBe(plain);
    expect(digest("\n    mix: [{ class: a, share: 0.3, choker: none }, { class: b }]")).not.toBe(
      plain,
    );
  });
});

test("a mixed run is the same from the file that is written of it", () => {
  const mix =
    "count: 20\n    mix: [{ class: a, count: 7, choker: none }, { class: b, picker: random }]";
  const scenario = parseScenario(text(mix));
  const written = parseScenario(writeScenario(scenario));
  const { digest } = simulate(scenario).summary;
  expect(simulate(written, { check: true }).summary.digest).toBe(digest);
});

describe("the parts of a mix", () => {
  function order(mix: string, lines: string): string {
    const scenario = parseScenario(text(`${lines}\n    mix: [${mix}]`));
    const planned = planPeers(scenario, new Seeds("1")).filter((one) => one.population === "home");
    return planned.map((one) => one.class.name).join("");
  }

  test("come evenly mixed, by the largest lack of a share", () => {
    expect(order("{ class: a, share: 0.5 }, { class: b }", "count: 6")).toBe("ababab");
    expect(order("{ class: a, share: 0.25 }, { class: b }", "count: 8")).toBe("babbbabb");
    expect(order("{ class: a, count: 1 }, { class: b }", "count: 7")).toBe("bbbabbb");
    expect(
      order("{ class: a, share: 0.2 }, { class: b, share: 0.3 }, { class: c }", "count: 10"),
    ).toBe("cbacbccabc");
  });

  test("are as many as their counts say, and at no time far from their shares", () => {
    const weights = fc
      .array(fc.nat(20), { minLength: 1, maxLength: 6 })
      .filter((one) => one.some(Boolean));
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 200 }), (parts, count) => {
        const total = parts.reduce((a, b) => a + b, 0);
        const shares = parts.map((part) => part / total);
        const names = shares.map((_, at) => String.fromCharCode(97 + at));
        const mix = shares
          .map((share, at) => `{ class: ${names[at]}, share: ${share} }`)
          .join(", ");
        const all = order(mix, `count: ${count}`);
        expect(all).toHaveLength(count);
        names.forEach((name, at) => {
          let soFar = 0;
          all.split("").forEach((one, index) => {
            if (one === name) soFar++;
            expect(Math.abs(soFar - shares[at]! * (index + 1))).toBeLessThan(shares.length);
          });
          expect(Math.abs(soFar - shares[at]! * count)).toBeLessThan(1);
        });
      }),
      { numRuns: 50 },
    );
  });

  test("of arrivals without number keep their shares", () => {
    const all = order(
      "{ class: a, share: 0.1 }, { class: b }",
      "arrive: { poisson: 20 per s, until: 50 s }",
    );
    expect(all.length).toBeGreaterThan(900);
    const a = all.split("").filter((one) => one === "a").length;
    expect(Math.abs(a - all.length / 10)).toBeLessThan(1);
  });

  test("of peers that come after the end of the run are missing evenly", () => {
    const lines = "arrive: { trace: [1 s, 2 s, 3 s, 4 s, 5 s, 6 s, 2 h] }";
    const scenario = parseScenario(
      `${text(`${lines}\n    mix: [{ class: a, share: 0.5 }, { class: b }]`)}stop: { atMost: 3 h }\n`,
    );
    const stopped = { ...scenario, stop: { ...scenario.stop, atMost: 10_000 } };
    const names = planPeers(stopped, new Seeds("1")).map((one) => one.class.name);
    expect(names.filter((name) => "ab".includes(name)).join("")).toBe("ababab");
  });
});
