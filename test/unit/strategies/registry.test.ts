import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import {
  checkStrategies,
  createStrategies,
  type StrategyChoices,
  settingsOf,
} from "../../../src/strategies/create.ts";
import { completeOptions } from "../../../src/strategies/options.ts";
import {
  addStrategies,
  type ChokerDefinition,
  findChoker,
  findPicker,
  isStrategyPath,
  type StrategyOptions,
} from "../../../src/strategies/registry.ts";
import { StrategyError } from "../../../src/strategies/strategy-error.ts";
import { stoppedClock } from "../../support/neighbours.ts";

const settings = profiles["mainline-4"];

const mine: ChokerDefinition<{ share: number; fair: boolean; mode: string }> = {
  name: "mine",
  summary: "A choker of a test.",
  options: {
    share: { default: 0.5, summary: "Share of the uplink.", minimum: 0, maximum: 1 },
    fair: { default: true, summary: "Whether it is fair." },
    mode: { default: "slow", summary: "How." },
  },
  create: () => ({ choose: () => [] }),
};

function choices(changes: Partial<StrategyChoices> = {}): StrategyChoices {
  return {
    role: "leecher",
    choker: { name: "tit-for-tat", options: {} },
    seedChoker: undefined,
    picker: { name: "rarest-first", options: {} },
    profile: "mainline-4",
    settings,
    ownSettings: {},
    ...changes,
  };
}

describe("the registry", () => {
  test("has the built-in strategies", () => {
    const { chokers, pickers } = builtInStrategies;
    expect([...chokers.keys()]).toEqual(
      expect.arrayContaining(["tit-for-tat", "new-seed", "none"]),
    );
    expect([...pickers.keys()]).toEqual(expect.arrayContaining(["rarest-first", "random"]));
    for (const one of [...chokers.values(), ...pickers.values()]) {
      expect(one.name).toMatch(/^[a-z][a-z0-9.-]*$/);
      expect(one.summary).toMatch(/^[A-Z].{20,140}\.$/);
    }
  });

  test("takes a user's strategies, and leaves the given registry as it is", () => {
    const more = addStrategies(builtInStrategies, { chokers: [mine] });
    expect(findChoker(more, "mine")).toBe(mine);
    expect(findChoker(more, "none")).toBe(findChoker(builtInStrategies, "none"));
    expect(builtInStrategies.chokers.has("mine")).toBe(false);
  });

  test("refuses a name that is taken", () => {
    const twice = { chokers: [{ ...mine, name: "none" }] };
    expect(() => addStrategies(builtInStrategies, twice)).toThrow('called "none" already');
  });

  test("names the nearest of the strategies when there is none of that name", () => {
    expect(() => findChoker(builtInStrategies, "tit-for-tta")).toThrow(
      'There is no choker called "tit-for-tta". Did you mean "tit-for-tat"?',
    );
    expect(() => findPicker(builtInStrategies, "rarest")).toThrow(StrategyError);
    expect(() => findChoker(builtInStrategies, "./mine.ts")).toThrow("./mine.ts is not loaded");
  });

  test("tells paths from names", () => {
    const paths = ["./a.ts", "../b.js", "/c/d.mjs", "e.ts", "C:\\f.cts", "./dir/g"];
    expect(paths.filter(isStrategyPath)).toEqual(paths);
    expect(["random", "tit-for-tat", "bittyrant-1.1"].filter(isStrategyPath)).toEqual([]);
  });
});

describe("options", () => {
  test("are filled in from their defaults", () => {
    expect(completeOptions(mine, { share: 0.2 }, settings)).toEqual({
      share: 0.2,
      fair: true,
      mode: "slow",
    });
  });

  test("are filled in from the client's settings where they say so", () => {
    const titForTat = findChoker(builtInStrategies, "tit-for-tat");
    const given = { newPeerWeight: 5 };
    const own = { ...settings, optimisticRounds: 7 };
    expect(completeOptions(titForTat, given, own)).toEqual({
      optimisticRounds: 7,
      minUploads: settings.minUploads,
      newPeerWeight: 5,
    });
  });

  test.each<[StrategyOptions, string, string]>([
    [{ shar: 1 }, "shar", 'no option "shar". Did you mean "share"?'],
    [{ toString: 1 }, "toString", 'no option "toString"'],
    [{ share: "half" }, "share", 'must be a number from 0 to 1, and is "half"'],
    [{ share: 1.5 }, "share", "must be a number from 0 to 1, and is 1.5"],
    [{ share: Number.NaN }, "share", "must be a number from 0 to 1"],
    [{ fair: 1 }, "fair", "must be true or false, and is 1"],
    [{ mode: false }, "mode", "must be a text, and is false"],
  ])("%p is refused, and the error knows the option", (given, option, message) => {
    expect(() => completeOptions(mine, given, settings)).toThrow(
      expect.objectContaining({ option, message: expect.stringContaining(message) }),
    );
  });

  test("of a whole number refuse a fraction", () => {
    const titForTat = findChoker(builtInStrategies, "tit-for-tat");
    expect(() => completeOptions(titForTat, { optimisticRounds: 2.5 }, settings)).toThrow(
      "must be a whole number of at least 1, and is 2.5",
    );
  });

  test("with few values take these alone", () => {
    const largeView = findChoker(builtInStrategies, "large-view");
    expect(completeOptions(largeView, {}, settings)).toEqual({ gives: "none" });
    expect(() => completeOptions(largeView, { gives: "tit-for-tta" }, settings)).toThrow(
      'must be one of none, tit-for-tat, and is "tit-for-tta"',
    );
  });

  test("of a strategy without any are refused", () => {
    const none = findChoker(builtInStrategies, "none");
    expect(() => completeOptions(none, { slots: 3 }, settings)).toThrow(
      '"none" takes no options, and is given "slots"',
    );
  });
});

describe("the settings of a class", () => {
  const strategies = addStrategies(builtInStrategies, {
    chokers: [{ ...mine, settings: { numwant: 7, snubTime: 7, maxSpares: 7 } } as ChokerDefinition],
    pickers: [
      {
        ...{ name: "mine", summary: "A picker of a test." },
        settings: { snubTime: 8, maxSpares: 8 },
        create: () => ({ pick: () => 0 }),
      },
    ],
  });
  const own = choices({
    choker: { name: "mine", options: {} },
    picker: { name: "mine", options: {} },
    ownSettings: { maxSpares: 9 },
  });

  test("are its profile's, over them its choker's, over them its picker's, over them its own", () => {
    expect(settingsOf(strategies, own)).toEqual({
      ...profiles["mainline-4"],
      ...{ numwant: 7, snubTime: 8, maxSpares: 9 },
    });
  });

  test("are the same when they are taken for its own", () => {
    const once = settingsOf(strategies, own);
    expect(settingsOf(strategies, { ...own, settings: once, ownSettings: once })).toEqual(once);
  });

  test("narrow what a strategy asks of the tracker to the class's view", () => {
    const thief = choices({
      choker: { name: "bitthief", options: {} },
      ownSettings: { maxInitiate: 12 },
    });
    const { minPeers, maxInitiate, maxConnections } = settingsOf(builtInStrategies, thief);
    expect([minPeers, maxInitiate, maxConnections]).toEqual([12, 12, 10_000]);
  });
});

describe("the strategies of a class", () => {
  test("are the profile's seed choker beside one for leechers only", () => {
    const { choker, seedChoker } = createStrategies(builtInStrategies, choices(), {
      peer: "dsl/0",
      clock: stoppedClock,
    });
    expect(seedChoker).not.toBe(choker);
  });

  test("are one choker for both states where it serves both", () => {
    const free = choices({ choker: { name: "none", options: {} } });
    const { choker, seedChoker } = createStrategies(builtInStrategies, free, {
      peer: "dsl/0",
      clock: stoppedClock,
    });
    expect(seedChoker).toBe(choker);
  });

  test("let a seeder have a choker for seeders only, which a leecher may not", () => {
    const newSeed = { choker: { name: "new-seed", options: {} } };
    const seeder = choices({ ...newSeed, role: "seeder" });
    const made = createStrategies(builtInStrategies, seeder, {
      peer: "origin/0",
      clock: stoppedClock,
    });
    expect(made.seedChoker).toBe(made.choker);
    expect(() => checkStrategies(builtInStrategies, choices(newSeed))).toThrow(
      '"new-seed" is for seeders only',
    );
  });

  test("refuse a choker for leechers as seed choker", () => {
    const wrong = choices({ seedChoker: { name: "tit-for-tat", options: {} } });
    expect(() => checkStrategies(builtInStrategies, wrong)).toThrow("for leechers only");
  });

  test.each(["choker", "seedChoker", "picker"] as const)(
    "refuse a wrong option of the %s",
    (key) => {
      const name = { choker: "random", seedChoker: "new-seed", picker: "random" }[key];
      const wrong = choices({ [key]: { name, options: { nothing: 1 } } });
      expect(() => checkStrategies(builtInStrategies, wrong)).toThrow(StrategyError);
      expect(() =>
        createStrategies(builtInStrategies, wrong, { peer: "dsl/0", clock: stoppedClock }),
      ).toThrow(StrategyError);
    },
  );

  test("tell which strategy failed to be created", () => {
    const failing: ChokerDefinition = {
      ...{ name: "failing", summary: "Fails." },
      create() {
        throw new Error("no luck");
      },
    };
    const strategies = addStrategies(builtInStrategies, { chokers: [failing] });
    const own = choices({ choker: { name: "failing", options: {} } });
    expect(() => createStrategies(strategies, own, { peer: "dsl/7", clock: stoppedClock })).toThrow(
      '"failing" of dsl/7: create() threw Error: no luck',
    );
  });

  test("are given the settings of their client", () => {
    const seen: number[] = [];
    const looking: ChokerDefinition = {
      ...{ name: "looking", summary: "Looks." },
      create(_options, own) {
        seen.push(own.snubTime);
        return { choose: () => [] };
      },
    };
    const strategies = addStrategies(builtInStrategies, { chokers: [looking] });
    const own = {
      choker: { name: "looking", options: {} },
      settings: { ...settings, snubTime: 5 },
    };
    createStrategies(strategies, choices(own), { peer: "dsl/0", clock: stoppedClock });
    expect(seen).toEqual([5]);
  });
});
