import { describe, expect, test } from "@jest/globals";
import { AnnouncerBench, MINUTE, SECOND } from "../../support/tracker.ts";

/** An announcer whose `started` was answered at 0 s. */
function startedBench(...args: ConstructorParameters<typeof AnnouncerBench>): AnnouncerBench {
  const bench = new AnnouncerBench(...args);
  bench.tell("started", 50);
  bench.answer();
  bench.sent.length = 0;
  return bench;
}

describe("events", () => {
  test("started goes out at once", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    expect(bench.sent).toEqual(["0 s a started 50"]);
  });

  test("completed waits for the answer to started", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.tell("completed");
    expect(bench.sent).toEqual(["0 s a started 50"]);
    bench.answer();
    expect(bench.sent).toEqual(["0 s a started 50", "0 s a completed 0"]);
  });

  test("completed waits for no interval, and is told once", () => {
    const bench = startedBench();
    bench.pass(SECOND);
    bench.tell("completed");
    bench.answer();
    bench.pass(60 * MINUTE);
    expect(bench.sent).toEqual(["1 s a completed 0", "1801 s a none 50"]);
  });

  test("a completed that failed is told again", () => {
    const bench = startedBench();
    bench.tell("completed");
    bench.fail();
    bench.pass(50 * SECOND);
    bench.answer();
    bench.pass(30 * MINUTE);
    expect(bench.sent).toEqual(["0 s a completed 0", "50 s a completed 0", "1850 s a none 50"]);
  });

  test("started is told again until a tracker answers, and only then completed", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.tell("completed");
    bench.fail();
    bench.pass(50 * SECOND);
    bench.answer();
    bench.answer();
    expect(bench.sent.map((one) => one.split(" ")[3])).toEqual(["started", "started", "completed"]);
  });

  test("stopped goes out at once, and its failure is the end of it", () => {
    for (const end of ["answer", "fail"] as const) {
      const bench = startedBench();
      bench.tell("stopped");
      expect(bench.announcer.isDone).toBe(false);
      bench[end]();
      expect(bench.announcer.isDone).toBe(true);
      bench.pass(600 * MINUTE);
      expect(bench.sent).toEqual(["0 s a stopped 0"]);
    }
  });

  test("stopped waits for the request on its way", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.tell("stopped");
    expect(bench.sent).toEqual(["0 s a started 50"]);
    bench.answer();
    expect(bench.sent).toEqual(["0 s a started 50", "0 s a stopped 0"]);
  });

  test("no tracker that never answered is told stopped", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.tell("stopped");
    bench.fail();
    expect(bench.announcer.isDone).toBe(true);
    expect(bench.sent).toEqual(["0 s a started 50"]);
  });

  test("stopped does not wait for the end of a back-off", () => {
    const bench = startedBench();
    bench.tell("completed");
    bench.fail();
    bench.tell("stopped");
    expect(bench.sent).toEqual(["0 s a completed 0", "0 s a stopped 0"]);
  });

  test("nothing is told after stopped", () => {
    const bench = startedBench();
    bench.tell("stopped");
    bench.tell("completed");
    bench.tell("none", 50);
    bench.answer();
    bench.pass(600 * MINUTE);
    expect(bench.sent).toEqual(["0 s a stopped 0"]);
  });
});

describe("the interval", () => {
  test("brings an announce each time it is over, for as many peers as there is room for", () => {
    const bench = startedBench();
    bench.room = 12;
    bench.pass(30 * MINUTE);
    bench.pass(2 * SECOND);
    bench.room = 0;
    bench.answer({ interval: 10 * MINUTE });
    bench.pass(10 * MINUTE);
    expect(bench.sent).toEqual(["1800 s a none 12", "2402 s a none 0"]);
  });

  test("is never shorter than the min interval, nor than the wait after a failure", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.answer({ interval: MINUTE, minInterval: 3 * MINUTE });
    bench.pass(3 * MINUTE);
    bench.answer({ interval: 0, minInterval: 0 });
    bench.pass(MINUTE);
    expect(bench.sent.slice(1)).toEqual(["180 s a none 50", "230 s a none 50"]);
  });

  test("a request without answer is not followed by another", () => {
    const bench = startedBench();
    bench.pass(30 * MINUTE);
    bench.tell("none", 50);
    bench.announcer.timeout();
    bench.pass(600 * MINUTE);
    expect(bench.sent).toHaveLength(1);
  });
});

describe("the min interval", () => {
  test("holds up a client that needs peers, and then lets it ask for what it asked for", () => {
    const bench = startedBench(); // min interval 1 min
    bench.room = 50;
    bench.pass(20 * SECOND);
    bench.tell("none", 33);
    bench.pass(39 * SECOND);
    expect(bench.sent).toEqual([]);
    bench.pass(SECOND);
    expect(bench.sent).toEqual(["60 s a none 33"]);
  });

  test("is over: a client that needs peers asks at once, and the interval begins anew", () => {
    const bench = startedBench();
    bench.pass(2 * MINUTE);
    bench.tell("none", 33);
    bench.answer();
    bench.pass(60 * MINUTE);
    expect(bench.sent).toEqual(["120 s a none 33", "1920 s a none 50"]);
  });

  test("is the client's own where the tracker names none", () => {
    const bench = new AnnouncerBench();
    bench.tell("started", 50);
    bench.answer({ minInterval: undefined });
    bench.tell("none", 50);
    bench.pass(10 * MINUTE);
    expect(bench.sent.slice(1)).toEqual(["300 s a none 50"]);
  });
});

describe("what a tracker says", () => {
  test("its id is said back to it, also after an answer without, and to no other", () => {
    const bench = new AnnouncerBench([["a"], ["b"]]);
    const trackerId = Uint8Array.of(1, 2, 3);
    bench.tell("started", 50);
    bench.answer({ trackerId });
    bench.pass(30 * MINUTE);
    bench.answer();
    bench.pass(30 * MINUTE);
    bench.fail();
    expect(bench.sent.at(-1)).toBe("3600 s b started 50");
    expect(bench.orders.map((order) => order.trackerId)).toEqual([
      undefined,
      trackerId,
      trackerId,
      undefined,
    ]);
  });

  test("warnings and failures are handed on", () => {
    const bench = new AnnouncerBench([["a"], ["b"]]);
    bench.tell("started", 50);
    bench.fail("torrent not registered");
    bench.answer({ warning: "old client" });
    expect(bench.heard).toEqual(["a failed: torrent not registered", "b warns: old client"]);
  });

  test("that was not asked is a mistake of the driver's", () => {
    const bench = startedBench();
    expect(() => bench.answer()).toThrow("an answer to no request");
    expect(() => bench.tell("started")).toThrow("started while running");
  });
});
