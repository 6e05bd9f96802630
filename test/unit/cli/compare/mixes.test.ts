import { describe, expect, test } from "@jest/globals";
import { namedStrategies } from "../../../../src/cli/compare/dimensions.ts";
import { mixOf, populations, sharesOf } from "../../../../src/cli/compare/mixes.ts";
import { roundsOf } from "../../../../src/cli/compare/tournament-plan.ts";
import { figuresOf } from "../../../../src/compare/run-figures.ts";
import { parseScenario } from "../../../../src/scenario/parse.ts";
import type { Scenario } from "../../../../src/scenario/scenario.ts";
import { simulate } from "../../../../src/sim/simulate.ts";
import { tinyScenario } from "../../../support/folders.ts";

const text = tinyScenario.replace("count: 2,", "count: 8, arrive: { within: 20 s },");
const scenario = parseScenario(text);
const strategies = namedStrategies("choker", "tit-for-tat,random,round-robin");
const [first, second] = strategies as [(typeof strategies)[0], (typeof strategies)[0]];

function mixed(overrides: readonly string[]): Scenario {
  return parseScenario(text, { overrides });
}

describe("two strategies in one population", () => {
  test("are members of a mix, called after them", () => {
    const { overrides, ...sides } = mixOf(scenario, ["home"], [first, second], 0.25);
    expect(sides).toEqual({ first: ["home-tit-for-tat"], second: ["home-random"] });
    const counts = mixed(overrides).peers.map(({ name, count, choker }) => [
      name,
      count,
      choker.name,
    ]);
    expect(counts).toEqual([
      ["origin", 1, "tit-for-tat"],
      ["home-tit-for-tat", 2, "tit-for-tat"],
      ["home-random", 6, "random"],
    ]);
  });

  test("may have a share of nothing", () => {
    for (const share of [0, 1]) {
      const { overrides } = mixOf(scenario, ["home"], [first, second], share);
      const counts = mixed(overrides).peers.map(({ count }) => count);
      expect(counts).toEqual([1, 8 * share, 8 * (1 - share)]);
      expect(simulate(mixed(overrides)).summary.peers).toEqual({ total: 9, completed: 8 });
    }
  });

  test("have names of their own when theirs would not do", () => {
    const same = mixOf(scenario, ["home"], [first, first], 0.5);
    expect([same.first, same.second]).toEqual([["home-side1"], ["home-side2"]]);
  });
});

describe("populations to mix", () => {
  test("are the classes of leechers, or those that are named", () => {
    expect(populations(scenario, [])).toEqual(["home"]);
    expect(populations(scenario, ["home", "home"])).toEqual(["home"]);
  });

  test("are no seeders, no strangers, and no mixes", () => {
    expect(() => populations(scenario, ["origin"])).toThrow(/these are seeders/);
    expect(() => populations(scenario, ["hom"])).toThrow(/no class "hom"\. Classes: origin, home/);
    const { overrides } = mixOf(scenario, ["home"], [first, second], 0.5);
    expect(() => populations(mixed(overrides), [])).toThrow(/home is a mix already/);
  });
});

test("shares are numbers from 0 to 1, each once", () => {
  expect(sharesOf("--share", "0, 0.25,1")).toEqual([0, 0.25, 1]);
  for (const wrong of ["", "0.5,", "2", "-0.1", "half", "0.5,0.50"]) {
    expect(() => sharesOf("--share", wrong)).toThrow(/^--share /);
  }
});

describe("the rounds of a tournament", () => {
  const rounds = roundsOf(scenario, ["home"], strategies, [0.5, 0.25]);

  test("are each strategy alone, then every two with each share on both sides", () => {
    expect(rounds.map(({ variant }) => variant.name)).toEqual([
      "tit-for-tat alone",
      "random alone",
      "round-robin alone",
      ...["50 %", "25 %"].flatMap((share) => [
        `tit-for-tat (${share}) + random`,
        `random (${share}) + tit-for-tat`,
      ]),
      ...["50 %", "25 %"].flatMap((share) => [
        `tit-for-tat (${share}) + round-robin`,
        `round-robin (${share}) + tit-for-tat`,
      ]),
      ...["50 %", "25 %"].flatMap((share) => [
        `random (${share}) + round-robin`,
        `round-robin (${share}) + random`,
      ]),
    ]);
  });

  test("let each peer play both: same time, same link, the other strategy", () => {
    const play = (name: string) => {
      const round = rounds.find(({ variant }) => variant.name === name);
      return figuresOf(simulate(mixed(round?.variant.overrides ?? []))).peers;
    };
    const one = play("tit-for-tat (50 %) + random");
    const other = play("random (50 %) + tit-for-tat");
    const link = ({ arrivedSeconds, uploadCapacityBytesPerSecond }: (typeof one)[0]) => {
      return [arrivedSeconds, uploadCapacityBytesPerSecond];
    };
    expect(one.map(link)).toEqual(other.map(link));
    const swapped = { "home-tit-for-tat": "home-random", "home-random": "home-tit-for-tat" };
    for (const [at, peer] of one.entries()) {
      const expected = swapped[peer.class as keyof typeof swapped] ?? peer.class;
      expect(other[at]?.class).toBe(expected);
    }
  });
});
