import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import {
  namedStrategies,
  strategyDimension,
  varyDimension,
} from "../../../../src/cli/compare/dimensions.ts";
import { seedsFrom } from "../../../../src/cli/compare/plan.ts";
import { variantsOf } from "../../../../src/cli/compare/variants.ts";
import { InputError } from "../../../../src/cli/exit-codes.ts";

describe("strategies of a command line", () => {
  test("are names with commas between them, each for all classes", () => {
    const { values } = strategyDimension("choker", "tit-for-tat, none", ["peers.dsl", "peers.up"]);
    expect(values.map(({ label }) => label)).toEqual(["tit-for-tat", "none"]);
    expect(values[1]?.overrides).toEqual(['peers.dsl.choker="none"', 'peers.up.choker="none"']);
  });

  test("may be modules, relative to the working directory and called after their files", () => {
    const [mine] = namedStrategies("choker", "./lab/mine.ts");
    expect(mine).toEqual({
      label: "mine",
      given: "./lab/mine.ts",
      yaml: JSON.stringify(resolve("lab/mine.ts")),
    });
    const both = namedStrategies("choker", "a/mine.ts,b/mine.ts");
    expect(both.map(({ label }) => label)).toEqual(["a/mine.ts", "b/mine.ts"]);
  });

  test("may have options, whose commas do not count", () => {
    const [first, second] = namedStrategies(
      "choker",
      "tit-for-tat,{ name: tit-for-tat, options: { minUploads: 3, optimisticRounds: 1 } }",
    );
    expect(first?.label).toBe("tit-for-tat");
    expect(second).toMatchObject({
      label: "tit-for-tat minUploads=3 optimisticRounds=1",
      yaml: '{"name":"tit-for-tat","options":{"minUploads":3,"optimisticRounds":1}}',
    });
  });

  test.each([
    ["tit-for-tta", /--choker tit-for-tta: .*Did you mean "tit-for-tat"\?/],
    ["none,none", /has none twice/],
    ["none,", /has an empty value/],
    ["", /has an empty value/],
    ["[none]", /must be a name, the path of a module, or/],
    ["{ name: none", /cannot be read/],
    ["3", /must be a name/],
  ])("that are wrong (%s) are an error that says how", (text, message) => {
    expect(() => namedStrategies("choker", text)).toThrow(InputError);
    expect(() => namedStrategies("choker", text)).toThrow(message);
  });
});

describe("values of --vary", () => {
  test("are YAML, with commas between them", () => {
    const { values } = varyDimension("peers.dsl.upload=1 Mbit/s,{ uniform: [1 Mbit/s, 2 Mbit/s] }");
    expect(values.map(({ overrides }) => overrides)).toEqual([
      ["peers.dsl.upload=1 Mbit/s"],
      ["peers.dsl.upload={ uniform: [1 Mbit/s, 2 Mbit/s] }"],
    ]);
  });

  test.each([
    ["slots", /must be path=value,value/],
    ["=3", /must be path=value,value/],
    ["seed=1,2", /the seeds are the same for all variants/],
    ["a=1,1", /has 1 twice/],
  ])("that are wrong (%s) are an error", (text, message) => {
    expect(() => varyDimension(text)).toThrow(message);
  });
});

describe("variants", () => {
  test("are all combinations, the last dimension changing fastest, called after their values", () => {
    const variants = variantsOf([
      strategyDimension("choker", "tit-for-tat,none", ["peers.dsl"]),
      varyDimension("peers.dsl.settings.slots=4,8"),
    ]);
    expect(variants.map(({ name }) => name)).toEqual([
      "tit-for-tat + slots=4",
      "tit-for-tat + slots=8",
      "none + slots=4",
      "none + slots=8",
    ]);
    expect(variants[2]?.overrides).toEqual([
      'peers.dsl.choker="none"',
      "peers.dsl.settings.slots=4",
    ]);
    expect(variants[2]?.origins.get('peers.dsl.choker="none"')).toBe("--choker none");
  });

  test("show whole paths where the last key would not tell them apart", () => {
    const variants = variantsOf([
      varyDimension("peers.a.count=1"),
      varyDimension("peers.b.count=2"),
      varyDimension("torrent.size=1 MiB"),
    ]);
    expect(variants[0]?.name).toBe("peers.a.count=1 + peers.b.count=2 + size=1 MiB");
  });

  test("are no more than a thousand", () => {
    const many = Array.from({ length: 40 }, (_, at) => at).join();
    const dimensions = [varyDimension(`a=${many}`), varyDimension(`b=${many}`)];
    expect(() => variantsOf(dimensions)).toThrow(/1600 variants, and at most 1000/);
  });
});

test("seeds go on from the scenario's: by number, or with a number after a word", () => {
  expect(seedsFrom("7", 3)).toEqual(["7", "8", "9"]);
  expect(seedsFrom("-1", 3)).toEqual(["-1", "0", "1"]);
  expect(seedsFrom("lab", 3)).toEqual(["lab", "lab-2", "lab-3"]);
  expect(seedsFrom("007", 2)).toEqual(["007", "007-2"]);
  expect(seedsFrom("1.5", 1)).toEqual(["1.5"]);
});
