import { describe, expect, test } from "@jest/globals";
import { MINUTE, SwarmBench } from "../../support/tracker.ts";

describe("an announce", () => {
  test("is answered with the intervals, the counts and the other peers", () => {
    const bench = new SwarmBench({ interval: 30 * MINUTE, minInterval: 5 * MINUTE });
    bench.start(1, "seeder", 0);
    expect(bench.announce("a", { event: "started" })).toEqual({
      interval: 30 * MINUTE,
      minInterval: 5 * MINUTE,
      isEarly: false,
      complete: 1,
      incomplete: 1,
      peers: ["@seeder0"],
    });
    expect(bench.announce("b", { event: "started" }).peers.toSorted()).toEqual(["@a", "@seeder0"]);
  });

  test("never names the asker, be it leecher or seeder", () => {
    const bench = new SwarmBench({ seedersToSeeders: true, minInterval: 0 });
    bench.start(5);
    bench.start(5, "seeder", 0);
    for (let i = 0; i < 5; i++) {
      const leecher = bench.announce(`leecher${i}`).peers;
      const seeder = bench.announce(`seeder${i}`, { left: 0 }).peers;
      expect(leecher).toHaveLength(9);
      expect(leecher).not.toContain(`@leecher${i}`);
      expect(seeder).toHaveLength(9);
      expect(seeder).not.toContain(`@seeder${i}`);
    }
  });

  test("gets 50 peers when it does not say how many, or says -1 (BEP 3, BEP 15)", () => {
    const bench = new SwarmBench();
    bench.start(100);
    expect(bench.announce("a", { event: "started" }).peers).toHaveLength(50);
    expect(bench.announce("b", { event: "started", wanted: -1 }).peers).toHaveLength(50);
  });

  test("gets as many as it asks for, up to the tracker's maximum, each once", () => {
    const bench = new SwarmBench({ maxNumwant: 80 });
    bench.start(100);
    const of = (key: string, wanted: number) =>
      bench.announce(key, { event: "started", wanted }).peers;
    expect(of("a", 0)).toEqual([]);
    expect(of("b", 7)).toHaveLength(7);
    const most = of("c", 1000);
    expect(new Set(most).size).toBe(80);
    expect(most).toHaveLength(80);
  });

  test("of a seeder is answered with leechers only, unless the tracker is told otherwise", () => {
    for (const seedersToSeeders of [false, true]) {
      const bench = new SwarmBench({ seedersToSeeders });
      bench.start(3);
      bench.start(4, "seeder", 0);
      const { peers } = bench.announce("a", { event: "started", left: 0 });
      expect(peers.filter((peer) => peer.startsWith("@leecher"))).toHaveLength(3);
      expect(peers.filter((peer) => peer.startsWith("@seeder"))).toHaveLength(
        seedersToSeeders ? 4 : 0,
      );
    }
  });

  test("hands out the address that was told last", () => {
    const bench = new SwarmBench();
    bench.announce("a", { event: "started", address: "@old" });
    bench.announce("a", { address: "@new" });
    expect(bench.announce("b", { event: "started" }).peers).toEqual(["@new"]);
  });
});

describe("events", () => {
  test("completed makes a seeder of a leecher and is counted once (BEP 48)", () => {
    const bench = new SwarmBench();
    bench.announce("a", { event: "started" });
    expect(bench.swarm.scrape()).toEqual({ complete: 0, incomplete: 1, downloaded: 0 });
    const completed = { event: "completed", left: 0, wanted: 0 } as const;
    expect(bench.announce("a", completed)).toMatchObject({ complete: 1, incomplete: 0 });
    bench.announce("a", completed);
    expect(bench.swarm.scrape()).toEqual({ complete: 1, incomplete: 0, downloaded: 1 });
  });

  test("a peer that comes as a seeder counts as no download", () => {
    const bench = new SwarmBench();
    bench.announce("a", { event: "started", left: 0 });
    expect(bench.swarm.scrape()).toEqual({ complete: 1, incomplete: 0, downloaded: 0 });
  });

  test("stopped takes the peer off, and gets no peers", () => {
    const bench = new SwarmBench();
    bench.start(3);
    const answer = bench.announce("leecher1", { event: "stopped" });
    expect(answer).toMatchObject({ incomplete: 2, peers: [] });
    const { peers } = bench.announce("a", { event: "started" });
    expect(peers.toSorted()).toEqual(["@leecher0", "@leecher2"]);
  });

  test("stopped of a peer that the tracker does not know changes nothing", () => {
    const bench = new SwarmBench();
    bench.start(2);
    bench.announce("stranger", { event: "stopped" });
    expect(bench.swarm.scrape().incomplete).toBe(2);
  });

  test("a periodic announce of a peer that was forgotten brings it back", () => {
    const bench = new SwarmBench();
    bench.announce("a");
    expect(bench.announce("b").peers).toEqual(["@a"]);
  });
});

describe("the min interval", () => {
  test("a periodic announce before it is over counts as a sign of life, and gets no peers", () => {
    const bench = new SwarmBench({ minInterval: 5 * MINUTE, peerTimeout: 6 * MINUTE });
    bench.start(3);
    expect(bench.announce("a", { event: "started" }).peers).toHaveLength(3);
    bench.clock.now = 5 * MINUTE - 1;
    expect(bench.announce("a")).toMatchObject({ incomplete: 4, peers: [], isEarly: true });
    bench.clock.now = 10 * MINUTE;
    expect(bench.swarm.scrape().incomplete).toBe(1);
  });

  test("runs from the last answer with peers, so that asking too often brings some all the same", () => {
    const bench = new SwarmBench({ minInterval: 5 * MINUTE });
    bench.start(3);
    bench.announce("a", { event: "started" });
    const answers = Array.from({ length: 10 }, (_, i) => {
      bench.clock.now = (i + 1) * MINUTE;
      return bench.announce("a").peers.length;
    });
    expect(answers).toEqual([0, 0, 0, 0, 3, 0, 0, 0, 0, 3]);
  });

  test("does not hold up an event", () => {
    const bench = new SwarmBench({ minInterval: 5 * MINUTE });
    bench.start(3);
    bench.announce("a", { event: "started" });
    expect(bench.announce("a", { event: "started" }).peers).toHaveLength(3);
    expect(bench.announce("a", { event: "completed", wanted: 2 }).peers).toHaveLength(2);
  });
});

describe("expiry", () => {
  test("a peer is forgotten when it did not announce for the time-out", () => {
    const bench = new SwarmBench({ peerTimeout: 45 * MINUTE });
    bench.start(2);
    bench.start(1, "seeder", 0);
    bench.clock.now = 30 * MINUTE;
    bench.announce("leecher1");
    bench.clock.now = 45 * MINUTE - 1;
    expect(bench.swarm.scrape()).toMatchObject({ complete: 1, incomplete: 2 });
    bench.clock.now = 45 * MINUTE;
    expect(bench.announce("a", { event: "started" })).toMatchObject({
      complete: 0,
      incomplete: 2,
      peers: ["@leecher1"],
    });
    bench.clock.now = 75 * MINUTE;
    expect(bench.swarm.scrape()).toMatchObject({ complete: 0, incomplete: 1 });
  });

  test("takes the completions not back", () => {
    const bench = new SwarmBench({ peerTimeout: 45 * MINUTE });
    bench.announce("a", { event: "completed", left: 0 });
    bench.clock.now = 60 * MINUTE;
    expect(bench.swarm.scrape()).toEqual({ complete: 0, incomplete: 0, downloaded: 1 });
    expect(bench.swarm.isEmpty).toBe(true);
  });
});

describe("bounds", () => {
  test("a peer for whom there is no room is answered and not kept", () => {
    const bench = new SwarmBench({ maxPeers: 3 });
    bench.start(3);
    expect(bench.announce("a", { event: "started" }).peers).toHaveLength(3);
    expect(bench.swarm.scrape().incomplete).toBe(3);
    expect(bench.announce("b", { event: "started" }).peers).not.toContain("@a");
    bench.announce("leecher0", { event: "stopped" });
    bench.announce("a", { event: "started" });
    expect(bench.announce("b", { event: "started" }).peers).toContain("@a");
  });
});
