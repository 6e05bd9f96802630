import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type FlowOptions, settledRates } from "../support/flows.ts";
import { type Access, type Flow, maxMinRates } from "../support/max-min.ts";

/** From each of `from` to each of `to`, names of one letter. */
function each(from: string, to: string): Flow[] {
  return [...from].flatMap((one) => [...to].map((other) => ({ from: one, to: other })));
}

/** The simulated rates over the max-min fair ones. */
function ratios(flows: readonly Flow[], peers: Record<string, Access>, options?: FlowOptions) {
  const fair = maxMinRates(flows, peers);
  return settledRates(flows, peers, options).map((rate, i) => rate / fair[i]!);
}

function expectNear(values: readonly number[], expected: number, tolerance: number): void {
  for (const value of values) expect(Math.abs(value - expected)).toBeLessThan(tolerance);
}

test("the referee knows what is fair", () => {
  // 0.5 and 1 are settled by the receivers; the two others share what is left of 8.
  const star = { s: { up: 8 }, a: { down: 0.5 }, b: { down: 1 }, c: { down: 4 }, d: { down: 16 } };
  expect(maxMinRates(each("s", "abcd"), star)).toEqual([0.5, 1, 3.25, 3.25]);
  // The slow uploader has all of its uplink through; the fast one has the rest.
  const shared = { s: { up: 1 }, t: { up: 4 }, a: { down: 3 } };
  expect(maxMinRates(each("st", "a"), shared)).toEqual([1, 2]);
  // b's two flows are settled at 1.5 by the downlink of c, so s has 2.5 for b.
  const chain = [...each("s", "bc"), ...each("b", "c")];
  const chained = { s: { up: 4 }, b: { up: 2 }, c: { down: 3 } };
  expect(maxMinRates(chain, chained)).toEqual([2.5, 1.5, 1.5]);
  expect(() => maxMinRates(each("s", "a"), { s: {}, a: {} })).toThrow("nothing bounds a flow");
});

const situations: Record<string, [readonly Flow[], Record<string, Access>]> = {
  "of one uploader to receivers with links of all sorts": [
    each("s", "abcd"),
    { s: { up: 8 }, a: { down: 0.5 }, b: { down: 1 }, c: { down: 4 }, d: { down: 16 } },
  ],
  "of a slow uploader and a fast one to one receiver": [
    each("st", "a"),
    { s: { up: 1 }, t: { up: 4 }, a: { down: 3 } },
  ],
  "of two uploaders that are both faster than the receiver": [
    each("st", "a"),
    { s: { up: 4 }, t: { up: 8 }, a: { down: 3 } },
  ],
  "of a chain: s to b and c, b to c": [
    [...each("s", "bc"), ...each("b", "c")],
    { s: { up: 4 }, b: { up: 2 }, c: { down: 3 } },
  ],
  "of two uploaders to three receivers": [
    each("st", "abc"),
    { s: { up: 6 }, t: { up: 2 }, a: { down: 1 }, b: { down: 3 }, c: { down: 16 } },
  ],
};

describe("the rates", () => {
  test.each(Object.entries(situations))("%s are max-min fair within 1 %%", (_, [flows, peers]) => {
    expectNear(ratios(flows, peers), 1, 0.01);
  });

  // A block or two of the sixteen stand at a nearly full uplink: the flow has as many fewer in the full downlink.
  test("of any uploaders to any receivers are max-min fair within 8 %", () => {
    const capacity = fc.constantFrom(1.5, 2, 3, 4, 8, 12);
    const peers = fc.record({ up: capacity, down: capacity });
    const some = fc.array(peers, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(some, some, (uploaders, receivers) => {
        const links: Record<string, Access> = {};
        uploaders.forEach(({ up }, i) => {
          links["stu"[i]!] = { up };
        });
        receivers.forEach(({ down }, i) => {
          links["abc"[i]!] = { down };
        });
        const flows = each("stu".slice(0, uploaders.length), "abc".slice(0, receivers.length));
        expectNear(ratios(flows, links), 1, 0.08);
      }),
      { numRuns: 60 },
    );
  });
});

// docs/model.md: a downlink takes blocks in the order in which they come, and nothing holds the senders back but how many
// requests the receiver keeps in flight. A full downlink is therefore shared in proportion to the blocks that wait for it.
describe("by design a full downlink is not shared fairly", () => {
  const shared = { s: { up: 1 }, t: { up: 4 }, a: { down: 3 } };

  test("when pipelines follow the rate: who has more is asked for more", () => {
    const pipeline = { rule: "seconds", seconds: 3, min: 2, max: 500 } as const;
    const [slow, fast] = settledRates(each("st", "a"), shared, { pipeline });
    expect(slow! + fast!).toBeCloseTo(3, 1);
    expect(slow!).toBeLessThan(0.9);
    // A full uplink is shared in turn, whatever the pipelines.
    const star = {
      s: { up: 8 },
      a: { down: 0.5 },
      b: { down: 1 },
      c: { down: 4 },
      d: { down: 16 },
    };
    expectNear(ratios(each("s", "abcd"), star, { pipeline }), 1, 0.02);
  });

  test("when the ways are long: of few requests, more are under way and fewer wait", () => {
    const links = { s: { up: 4 }, t: { up: 4 }, a: { down: 3 } };
    const delays = { s: 10, t: 300 };
    const [near, far] = settledRates(each("st", "a"), links, { delays });
    expect(near! + far!).toBeCloseTo(3, 1);
    expect(near! / far!).toBeGreaterThan(1.2);
  });

  test("and is not filled when requests do not cover the round trip", () => {
    const pipeline = { rule: "fixed", requests: 2 } as const;
    const delays = { s: 300, a: 100 };
    const [rate] = settledRates(
      each("s", "a"),
      { s: { up: 8 }, a: { down: 8 } },
      { pipeline, delays },
    );
    // Two blocks in 0.8 s and the time of a block.
    const expected = (2 * 16_397) / (0.8 + 16_397 / 1e6) / 125_000;
    expect(rate! / expected).toBeGreaterThan(0.97);
    expect(rate! / expected).toBeLessThan(1.03);
  });
});
