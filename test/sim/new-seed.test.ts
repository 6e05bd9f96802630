import { describe, expect, test } from "@jest/globals";
import { constant, MBIT, MIB, origin, peerClass, scenario } from "../support/scenarios.ts";
import { timeUnchoked, turnsOf } from "../support/service.ts";

const MINUTE = 60_000;
const PER_CLASS = 6;
/** Uplinks in bytes per second: those of Legout 2007, section 5. */
const uplinks = { slow: 20_000, middle: 50_000, fast: 200_000 };

/**
 * How long a seeder with 200 kB/s has each of the leechers unchoked, in ms, from the third minute to the last: classes in
 * order of speed. Downlinks bound nothing, and nobody has the whole file by the end.
 */
function serviceTimes(seedChoker: string, seed: string): number[][] {
  const classes = Object.entries(uplinks).map(([name, upload]) =>
    peerClass(name, { count: PER_CLASS, upload, download: 100 * MBIT, delay: constant(20) }),
  );
  const seeder = origin({ upload: 200_000, choker: seedChoker });
  const one = scenario([...classes, seeder], {
    seed,
    torrent: { size: 1024 * MIB, pieceLength: MIB },
    stop: { when: "time", atMost: 24 * MINUTE },
  });
  // All come at once, so by the names of their classes: fast, middle, origin, slow.
  const times = timeUnchoked(turnsOf(one, 2 * PER_CLASS), 2 * MINUTE, 24 * MINUTE);
  return [2 * PER_CLASS + 1, PER_CLASS, 0].map((first) =>
    Array.from({ length: PER_CLASS }, (_, i) => times.get(first + i) ?? 0),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Standard deviation over mean. */
function variation(values: readonly number[]): number {
  const average = mean(values);
  return Math.sqrt(mean(values.map((one) => (one - average) ** 2))) / average;
}

describe.each(["1", "2", "3"])("a seeder's time is shared, with seed %s,", (seed) => {
  test("alike among all leechers by the new seed state, whatever their speed (Legout 2006; A12)", () => {
    const classes = serviceTimes("new-seed", seed);
    // A12 asks for 0.35. A turn is a minute, and in 22 minutes each leecher has five.
    expect(variation(classes.flat())).toBeLessThan(0.1);
    for (const one of classes)
      expect(Math.abs(mean(one) / mean(classes.flat()) - 1)).toBeLessThan(0.1);
    // All four slots were taken all the time.
    expect(mean(classes.flat()) * 3 * PER_CLASS).toBe(4 * 22 * MINUTE);
  });

  test("among a few by the old one, which keeps who takes fastest", () => {
    const times = serviceTimes("old-seed", seed).flat();
    expect(variation(times)).toBeGreaterThan(1);
    // Three regular slots, with one or two peers after another in each; the fourth goes round.
    const favoured = [...times].sort((a, b) => b - a).slice(0, 6);
    expect(mean(favoured)).toBeGreaterThan(
      5 * mean(times.filter((one) => !favoured.includes(one))),
    );
  });
});
