import { describe, expect, test } from "@jest/globals";
import { fixedRandom, randomOf } from "../../support/neighbours.ts";
import { AnnouncerBench, MINUTE, SECOND } from "../../support/tracker.ts";

/** Fails every request for `count` rounds of one tracker: the waits between them in seconds. */
function waits(bench: AnnouncerBench, count: number): number[] {
  const spans: number[] = [];
  bench.tell("started", 50);
  for (let i = 0; i < count; i++) {
    bench.fail();
    const span = bench.wakeUpAt - bench.clock.now;
    spans.push(span / SECOND);
    bench.pass(span);
  }
  return spans;
}

describe("tiers of trackers", () => {
  test("a failure sends the announce to the next one at once", () => {
    const bench = new AnnouncerBench([["a"], ["b"], ["c"]]);
    bench.tell("started", 50);
    bench.fail();
    bench.fail();
    bench.answer();
    expect(bench.sent).toEqual(["0 s a started 50", "0 s b started 50", "0 s c started 50"]);
  });

  test("the next announce begins with the first tier again, and tells started to who has not heard it", () => {
    const bench = new AnnouncerBench([["a"], ["b"]]);
    bench.tell("started", 50);
    bench.fail();
    bench.answer();
    bench.pass(30 * MINUTE);
    bench.fail();
    bench.answer();
    bench.pass(30 * MINUTE);
    bench.answer();
    expect(bench.sent.slice(2)).toEqual([
      "1800 s a started 50",
      "1800 s b none 50",
      "3600 s a started 50",
    ]);
  });

  test("the one that answered is asked first in its tier from then on", () => {
    const bench = new AnnouncerBench([["a", "b"]], {}, fixedRandom(0.999));
    bench.tell("started", 50);
    bench.fail();
    bench.answer();
    bench.pass(30 * MINUTE);
    expect(bench.sent).toEqual(["0 s a started 50", "0 s b started 50", "1800 s b none 50"]);
  });

  test("completed reaches one tracker, whichever answers first", () => {
    const bench = new AnnouncerBench([["a"], ["b"]]);
    bench.tell("started", 50);
    bench.answer();
    bench.tell("completed");
    bench.fail();
    bench.answer(); // b: started
    expect(bench.sent.slice(1)).toEqual([
      "0 s a completed 0",
      "0 s b started 50",
      "0 s a completed 0",
    ]);
    bench.answer();
    bench.pass(30 * MINUTE);
    expect(bench.sent.at(-1)).toBe("1800 s a none 50");
  });

  test("stopped is told once to every tracker that hands us out, whatever becomes of it", () => {
    const bench = new AnnouncerBench([["a"], ["b"], ["c"]]);
    bench.tell("started", 50);
    bench.answer();
    bench.pass(30 * MINUTE);
    bench.fail();
    bench.answer(); // b
    bench.sent.length = 0;
    bench.tell("stopped");
    bench.fail();
    bench.answer();
    expect(bench.sent).toEqual(["1800 s a stopped 0", "1800 s b stopped 0"]);
    expect(bench.announcer.isDone).toBe(true);
  });

  test("a client without trackers asks nobody, and can stop", () => {
    const bench = new AnnouncerBench([]);
    bench.tell("started", 50);
    bench.tell("none", 50);
    bench.tell("stopped");
    expect(bench.sent).toEqual([]);
    expect(bench.announcer.isDone).toBe(true);
  });
});

describe("back-off", () => {
  test("the waits grow by the factor, up to the longest", () => {
    const bench = new AnnouncerBench();
    expect(waits(bench, 12).map(Math.round)).toEqual([
      50, 75, 113, 169, 253, 380, 570, 854, 1281, 1800, 1800, 1800,
    ]);
  });

  test("chance spreads the growth, within a tenth", () => {
    const spans = [...Array(50).keys()].map((seed) =>
      waits(new AnnouncerBench([["a"]], {}, randomOf(seed)), 2),
    );
    expect(spans.every(([first]) => first === 50)).toBe(true);
    const second = spans.map((span) => span[1] as number);
    expect(Math.min(...second)).toBeGreaterThanOrEqual(70);
    expect(Math.max(...second)).toBeLessThanOrEqual(80);
    expect(Math.max(...second) - Math.min(...second)).toBeGreaterThan(8);
  });

  test("a growth of 1 keeps the wait at its least", () => {
    const bench = new AnnouncerBench([["a"]], { announceRetryGrowth: 1 }, randomOf("least"));
    for (const span of waits(bench, 20)) {
      expect(span).toBeGreaterThanOrEqual(50);
      expect(span).toBeLessThan(70);
    }
  });

  test("begins when every tracker failed, and is of the round, not of each", () => {
    const bench = new AnnouncerBench([["a"], ["b"]]);
    bench.tell("started", 50);
    bench.fail();
    bench.fail();
    bench.pass(50 * SECOND);
    bench.fail();
    bench.fail();
    bench.pass(75 * SECOND);
    expect(bench.sent).toEqual([
      "0 s a started 50",
      "0 s b started 50",
      "50 s a started 50",
      "50 s b started 50",
      "125 s a started 50",
    ]);
  });

  test("nothing shortens it: neither a client in need nor an event", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.fail();
    bench.pass(SECOND);
    bench.tell("none", 20);
    bench.tell("completed");
    bench.pass(48 * SECOND);
    expect(bench.sent).toHaveLength(1);
    bench.pass(SECOND);
    expect(bench.sent.at(-1)).toBe("50 s a started 20");
  });

  test("an answer ends it, and the next failure waits the least again", () => {
    const bench = new AnnouncerBench();
    waits(bench, 5);
    bench.answer();
    bench.pass(30 * MINUTE);
    bench.fail();
    expect(bench.wakeUpAt - bench.clock.now).toBe(50 * SECOND);
  });

  test("what the client asked for is asked again", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.answer();
    bench.pass(MINUTE);
    bench.tell("none", 17);
    bench.fail();
    bench.pass(50 * SECOND);
    expect(bench.sent.slice(1)).toEqual(["60 s a none 17", "110 s a none 17"]);
  });
});

describe("a tracker that says when to come again (BEP 31)", () => {
  test("is passed over until then, and the others are asked", () => {
    const bench = new AnnouncerBench([["a"], ["b"]]);
    bench.tell("started", 50);
    bench.fail("overloaded", 45 * MINUTE);
    bench.answer(); // b
    bench.pass(30 * MINUTE);
    bench.answer();
    bench.pass(30 * MINUTE);
    expect(bench.sent).toEqual([
      "0 s a started 50",
      "0 s b started 50",
      "1800 s b none 50",
      "3600 s a started 50",
    ]);
  });

  test("is waited for when there is no other", () => {
    const bench = new AnnouncerBench([["a"]]);
    bench.tell("started", 50);
    bench.fail("overloaded", 45 * MINUTE);
    bench.pass(45 * MINUTE - 1);
    expect(bench.sent).toHaveLength(1);
    bench.pass(1);
    expect(bench.sent.at(-1)).toBe("2700 s a started 50");
    bench.fail();
    bench.pass(30 * MINUTE);
    expect(bench.sent).toHaveLength(3); // by the wait of ours again
  });

  test("is never asked again when it says so, whatever there is to tell", () => {
    const bench = new AnnouncerBench([["a", "b"]]);
    bench.tell("started", 50);
    bench.fail("no tracker", Number.POSITIVE_INFINITY);
    bench.fail("no tracker", Number.POSITIVE_INFINITY);
    expect(bench.wakeUpAt).toBe(Number.POSITIVE_INFINITY);
    bench.tell("none", 50);
    bench.tell("completed");
    bench.pass(100 * 60 * MINUTE);
    expect(bench.sent).toHaveLength(2);
    bench.tell("stopped");
    expect(bench.announcer.isDone).toBe(true);
  });
});
