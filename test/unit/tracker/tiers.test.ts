import { describe, expect, test } from "@jest/globals";
import { Tiers } from "../../../src/tracker/tiers.ts";
import { fixedRandom, randomOf } from "../../support/neighbours.ts";

/** A shuffle with it leaves everything in its place. */
const orderly = fixedRandom(0.999);

/** The trackers in the order in which an announce tries them, when `answering` is the first to answer. */
function round(tiers: Tiers, answering?: string): string[] {
  const tried: string[] = [];
  for (tiers.restart(0); tiers.current !== undefined; tiers.advance(0)) {
    tried.push(tiers.current.url);
    if (tiers.current.url === answering) {
      tiers.promote();
      break;
    }
  }
  return tried;
}

describe("tiers (BEP 12)", () => {
  test("are tried one after another, each to its end", () => {
    const tiers = new Tiers([["a", "b"], ["c"], ["d", "e"]], orderly);
    expect(round(tiers)).toEqual(["a", "b", "c", "d", "e"]);
    expect(tiers.current).toBeUndefined();
  });

  test("a tracker that answers moves to the front of its own tier, and the next announce begins there", () => {
    const tiers = new Tiers(
      [
        ["a", "b", "c"],
        ["d", "e"],
      ],
      orderly,
    );
    expect(round(tiers, "c")).toEqual(["a", "b", "c"]);
    expect(round(tiers, "b")).toEqual(["c", "a", "b"]);
    expect(round(tiers, "c")).toEqual(["b", "c"]);
    expect(round(tiers, "e")).toEqual(["c", "b", "a", "d", "e"]);
    expect(round(tiers)).toEqual(["c", "b", "a", "e", "d"]);
  });

  test("a backup that answers stays behind the tiers before it", () => {
    const tiers = new Tiers([["tracker1"], ["backup1"], ["backup2"]], orderly);
    expect(round(tiers, "backup1")).toEqual(["tracker1", "backup1"]);
    expect(round(tiers, "backup1")).toEqual(["tracker1", "backup1"]);
  });

  test("are shuffled within, and never among each other", () => {
    const first = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const order = round(new Tiers([["a", "b", "c"], ["d"]], randomOf(seed)));
      expect(order[3]).toBe("d");
      first.add(order.slice(0, 3).join(""));
    }
    expect([...first].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  });

  test("a tracker named twice is one tracker, and an empty tier is none", () => {
    const tiers = new Tiers([["a", "a"], [], ["b", "a"]], orderly);
    expect(round(tiers)).toEqual(["a", "b"]);
  });

  test("without any tracker have no current one", () => {
    const tiers = new Tiers([[]], orderly);
    tiers.restart(0);
    expect(tiers.current).toBeUndefined();
    expect(tiers.knowing).toBeUndefined();
  });
});
