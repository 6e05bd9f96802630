import { describe, expect, test } from "@jest/globals";
import type { ClientSettings } from "../../src/engine/settings.ts";
import type { Scenario } from "../../src/scenario/scenario.ts";
import { constant, MBIT, MIB, peerClass, scenario } from "../support/scenarios.ts";
import { timeUnchoked, turnsOf } from "../support/service.ts";

const MINUTE = 60_000;
/** A turn of 30 s and a rechoke interval. */
const TOLERANCE = 40_000;

/**
 * One tit-for-tat client, peer 0, with half of a file too large to be had, and leechers that want it and give nothing. It
 * has no regular slots to give, for nobody ever sent to it.
 */
function unreciprocated(
  leechers: readonly { name: string; count: number; at: number }[],
  options: { seed?: string; minutes: number; settings?: Partial<ClientSettings> },
): Scenario {
  const half = Array.from({ length: 128 }, (_, piece) => piece);
  const giver = peerClass("a giver", {
    count: 1,
    upload: MBIT / 4,
    delay: constant(10),
    pieces: { kind: "all-but", pieces: half },
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  });
  const idle = leechers.map(({ name, count, at }) =>
    peerClass(name, {
      count,
      choker: "none",
      delay: constant(10),
      arrive: { kind: "at", time: at },
    }),
  );
  return scenario([giver, ...idle], {
    seed: options.seed ?? "1",
    torrent: { size: 256 * MIB, pieceLength: MIB },
    stop: { when: "time", atMost: options.minutes * MINUTE },
  });
}

// After libtorrent's test_optimistic_unchoke.
describe.each([5, 12, 30])("%d peers that nobody reciprocates with", (count) => {
  test.each([1, 2, 4])("share %d optimistic slots fairly over half an hour", (minUploads) => {
    const one = unreciprocated([{ name: "idle", count, at: 0 }], {
      minutes: 30,
      settings: { minUploads },
    });
    const times = timeUnchoked(turnsOf(one, 0), 0, 30 * MINUTE);
    expect(times.size).toBe(count);
    const fair = (minUploads * 30 * MINUTE) / count;
    // Turns take 30 s; the last round may be one that not all have, and the first turns begin with the first connections.
    for (const time of times.values()) expect(Math.abs(time - fair)).toBeLessThan(TOLERANCE);
  });
});

describe("a turn of the optimistic unchoke", () => {
  test("takes three rounds, and the others all have theirs before the next", () => {
    const one = unreciprocated([{ name: "idle", count: 8, at: 0 }], {
      minutes: 20,
      settings: { minUploads: 1 },
    });
    const turns = turnsOf(one, 0).filter(({ from }) => from > MINUTE);
    for (const { from, to } of turns.slice(0, -1)) expect(to - from).toBe(30_000);
    const order = turns.map(({ remote }) => remote);
    expect(new Set(order.slice(0, 8)).size).toBe(8);
    expect(order.slice(8)).toEqual(order.slice(0, -8));
  });

  test("is next for a new connection three times as likely as for another (Cohen 2003)", () => {
    const others = 7;
    const seeds = 400;
    let heads = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const one = unreciprocated(
        [
          { name: "b old", count: others, at: 0 },
          { name: "c new", count: 1, at: 45_000 },
        ],
        { seed: String(seed), minutes: 0.9, settings: { minUploads: 1 } },
      );
      const newcomer = others + 1;
      // At the head of the list it takes over at once; anywhere else it waits for a round that moves on.
      heads += Number(
        turnsOf(one, 0).some(({ remote, from }) => remote === newcomer && from < 46_000),
      );
    }
    // 3 / (7 + 3), with a standard error of 0.023; alike with the others it would be 1/8.
    expect(Math.abs(heads / seeds - 0.3)).toBeLessThan(3 * 0.023);
  });
});
