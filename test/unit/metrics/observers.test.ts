import { describe, expect, test } from "@jest/globals";
import type { Observer } from "../../../src/engine/observer.ts";
import { ConnectedTimes, InterestTimes } from "../../../src/metrics/neighbour-times.ts";
import { observerOf } from "../../../src/metrics/observer-list.ts";
import { PairwiseBytes } from "../../../src/metrics/pairwise-bytes.ts";
import { SilentObserver } from "../../../src/metrics/silent-observer.ts";
import { UnchokeTimes } from "../../../src/metrics/unchoke-times.ts";

describe("unchoke times", () => {
  const clock = { now: 0 };
  const at = (seconds: number) => {
    clock.now = seconds * 1000;
  };

  test("are summed by pair, however often it is choked in between, and counted to the end", () => {
    at(0);
    const times = new UnchokeTimes(clock);
    times.unchoked(1, 2);
    at(10);
    times.choked(1, 2);
    times.unchoked(2, 1);
    at(20);
    times.unchoked(1, 2);
    at(25);
    times.disconnected(1, 2);
    at(30);
    expect(times.table()).toEqual([
      { from: 1, to: 2, value: 15 },
      { from: 2, to: 1, value: 20 },
    ]);
  });

  test("of a leecher end when it has completed, and of any peer when it leaves", () => {
    at(0);
    const times = new UnchokeTimes(clock);
    times.unchoked(1, 2);
    times.unchoked(9, 2);
    at(5);
    times.completed(1);
    times.unchoked(1, 3);
    at(7);
    times.choked(1, 2);
    times.left(9);
    at(50);
    expect(times.table()).toEqual([
      { from: 1, to: 2, value: 5 },
      { from: 9, to: 2, value: 7 },
    ]);
  });
});

describe("the times of a leecher's neighbours", () => {
  const clock = { now: 0 };
  const at = (seconds: number) => {
    clock.now = seconds * 1000;
  };

  test("are those of its connections, until it completes or goes", () => {
    at(0);
    const times = new ConnectedTimes(clock);
    times.connected(1, 2);
    times.connected(2, 1);
    times.connected(3, 1);
    at(10);
    times.completed(1);
    times.connected(1, 4);
    at(15);
    times.disconnected(2, 1);
    at(20);
    times.left(3);
    at(30);
    expect(times.table()).toEqual([
      { from: 1, to: 2, value: 10 },
      { from: 2, to: 1, value: 15 },
      { from: 3, to: 1, value: 20 },
    ]);
  });

  test("and those of its interest, which ends with a word, a connection or its last piece", () => {
    at(0);
    const times = new InterestTimes(clock);
    times.interested(1, 2, true);
    times.interested(1, 3, true);
    times.interested(2, 1, true);
    at(4);
    times.interested(1, 2, false);
    at(6);
    times.disconnected(1, 3);
    at(9);
    times.completed(2);
    at(20);
    expect(times.table()).toEqual([
      { from: 1, to: 2, value: 4 },
      { from: 1, to: 3, value: 6 },
      { from: 2, to: 1, value: 9 },
    ]);
  });
});

test("pairwise bytes are what came to a peer from another, in both directions apart", () => {
  const bytes = new PairwiseBytes();
  bytes.blockReceived(2, 1, 0, 0, 16_384);
  bytes.blockReceived(2, 1, 0, 16_384, 100);
  bytes.blockReceived(1, 2, 3, 0, 7);
  expect(bytes.table()).toEqual([
    { from: 1, to: 2, value: 16_484 },
    { from: 2, to: 1, value: 7 },
  ]);
});

describe("an observer of several", () => {
  test("tells each of every event, in their order, with all that is said of it", () => {
    const heard: string[] = [];
    const names = Object.getOwnPropertyNames(SilentObserver.prototype).filter(
      (name) => name !== "constructor",
    );
    const listening = (own: string) =>
      Object.fromEntries(
        names.map((name) => [name, (...all: unknown[]) => heard.push(`${own} ${name} ${all}`)]),
      ) as unknown as Observer;
    const both = observerOf([listening("a"), listening("b")]) as unknown as Record<
      string,
      (...event: unknown[]) => void
    >;
    for (const name of names) both[name]?.(1, 2, 3);
    expect(heard).toEqual(names.flatMap((name) => [`a ${name} 1,2,3`, `b ${name} 1,2,3`]));
  });

  test("is that one itself of one, and nobody of none", () => {
    const one = new SilentObserver();
    expect(observerOf([one])).toBe(one);
    expect(observerOf([])).toBeUndefined();
  });
});
