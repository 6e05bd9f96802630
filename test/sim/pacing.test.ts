import { describe, expect, test } from "@jest/globals";
import type { Choker } from "../../src/engine/choker.ts";
import { Simulation } from "../../src/sim/simulation.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { addStrategies } from "../../src/strategies/registry.ts";
import { listener } from "../support/listener.ts";
import { constant, MBIT, MIB, origin, peerClass, scenario } from "../support/scenarios.ts";

const WARM_UP = 20_000;
const END = 80_000;

/** Unchokes all, each at the rate that stands at its place; 0 for an equal share. */
function pacer(rates: readonly number[], spare: boolean): Choker {
  return {
    unlimited: true,
    sharesSpare: spare,
    choose: ({ candidates }) =>
      [...candidates]
        .sort((a, b) => a.number - b.number)
        .map((peer, i) => {
          const rate = rates[i] ?? 0;
          return rate > 0 ? { peer, rate } : { peer };
        }),
  };
}

/** Bytes per second that a seeder with an uplink of `upload` gives to each of its leechers, smallest first. */
function givenRates(upload: number, rates: readonly number[], spare = false): number[] {
  const strategies = addStrategies(builtInStrategies, {
    chokers: [{ name: "pacer", summary: "Paces all.", create: () => pacer(rates, spare) }],
    pickers: [],
  });
  const takers = peerClass("taker", {
    count: rates.length,
    choker: "none",
    delay: constant(10),
    download: 100 * MBIT,
  });
  const bytes = new Map<number, number>();
  const simulation: Simulation = new Simulation(
    scenario([takers, origin({ upload, choker: "pacer", delay: constant(10) })], {
      torrent: { size: 256 * MIB, pieceLength: MIB },
      network: { model: "access", delay: constant(10), headerBytes: 0, segmentBytes: 1460 },
      stop: { when: "time", atMost: END },
    }),
    {
      strategies,
      check: true,
      observer: listener({
        blockSent: (_client, remote, _piece, _begin, length) => {
          if (simulation.now > WARM_UP) bytes.set(remote, (bytes.get(remote) ?? 0) + length);
        },
      }),
    },
  );
  while (!simulation.isDone) simulation.advance(10_000);
  return [...bytes.values()].map((sum) => (sum * 1_000) / (END - WARM_UP)).sort((a, b) => a - b);
}

function expectRates(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((rate, i) => {
    expect(Math.abs(rate / expected[i]! - 1)).toBeLessThan(0.03);
  });
}

describe("an allotment", () => {
  test("is what a peer gets of a wide uplink, and no more", () => {
    expectRates(givenRates(10 * MBIT, [20_000, 60_000, 150_000]), [20_000, 60_000, 150_000]);
  });

  test("leaves the rest to those without one, in equal shares", () => {
    const rest = (250_000 * 16_384) / 16_397 - 70_000;
    expectRates(givenRates(250_000, [20_000, 50_000, 0, 0]), [20_000, 50_000, rest / 2, rest / 2]);
  });

  test("is cut to an equal share where the uplink cannot carry all of them", () => {
    const payload = (90_000 * 16_384) / 16_397;
    expectRates(
      givenRates(90_000, [80_000, 80_000, 80_000]),
      [1, 1, 1].map(() => payload / 3),
    );
    // Who wants less than an equal share has it; the others share the rest.
    const rest = (payload - 10_000) / 2;
    expectRates(givenRates(90_000, [10_000, 80_000, 80_000]), [10_000, rest, rest]);
  });

  test("that takes what is left fills the uplink, in proportion to the rates", () => {
    const payload = (230_000 * 16_384) / 16_397;
    expectRates(
      givenRates(230_000, [10_000, 30_000, 75_000], true),
      [10, 30, 75].map((share) => (share * payload) / 115),
    );
  });

  test("that takes what is left does not touch what the others are promised", () => {
    const given = givenRates(500_000, [50_000, 100_000, 0], true);
    const payload = (500_000 * 16_384) / 16_397;
    // One without an allotment leaves nothing over.
    expectRates(given, [50_000, 100_000, payload - 150_000]);
  });
});
