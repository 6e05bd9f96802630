import { describe, expect, test } from "@jest/globals";
import type { RunResult } from "../../src/metrics/results.ts";
import type { Scenario } from "../../src/scenario/scenario.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { MBIT, MIB, origin, peerClass, scenario } from "../support/scenarios.ts";

/** Every simulation of these tests runs with the invariant checkers on, on fixed seeds and on one fresh seed. */
const fresh = `fresh-${Date.now()}`;
const seeds = ["1", "2", fresh];

function checked(one: Scenario): RunResult {
  try {
    return simulate(one, { check: true });
  } catch (error) {
    throw new Error(`seed ${one.seed}: ${(error as Error).message}`, { cause: error });
  }
}

function p50(result: RunResult, name: string): number {
  const value = result.summary.classes[name]?.p50;
  if (value == null) throw new Error(`nobody of ${name} completed (seed ${result.summary.seed})`);
  return value;
}

describe.each(seeds)("a swarm with seed %s", (seed) => {
  test("everybody completes, not before the bound, and every byte is accounted for", () => {
    const result = checked(scenario([origin(), peerClass("home", { count: 30 })], { seed }));
    expect(result.summary.peers.completed).toBe(30);
    expect(result.summary.bound.ratio).toBeGreaterThanOrEqual(1);
    const { size } = scenario([]).torrent;
    for (const peer of result.peers) {
      if (peer.role === "leecher") expect(peer.downloadedBytes - peer.wastedBytes).toBe(size);
    }
  });

  test("a homogeneous swarm with rarest first comes near the bound", () => {
    const home = peerClass("home", { count: 40, upload: 2 * MBIT, download: 40 * MBIT });
    const torrent = { size: 64 * MIB, pieceLength: MIB / 4 };
    const result = simulate(scenario([origin({ upload: 10 * MBIT }), home], { seed, torrent }));
    expect(result.summary.bound.ratio).toBeGreaterThanOrEqual(1);
    expect(result.summary.bound.ratio).toBeLessThan(1.15);
  });

  test("free riders finish later than those who give", () => {
    const givers = peerClass("giver", { count: 20 });
    const riders = peerClass("rider", { count: 10, choker: "none" });
    const torrent = { size: 48 * MIB, pieceLength: MIB / 4 };
    const result = checked(scenario([origin(), givers, riders], { seed, torrent }));
    expect(p50(result, "rider")).toBeGreaterThan(p50(result, "giver"));
    expect(result.summary.classes.rider?.shareRatio).toBe(0);
  });

  test("goes on under arrivals, departures and crashes, with NAT and with polluters", () => {
    const churn = peerClass("churn", {
      count: 40,
      arrive: { kind: "within", start: 0, duration: 60_000 },
      leave: {
        afterCompletion: undefined,
        session: { kind: "exponential", mean: 60_000 },
        crash: true,
      },
    });
    const polite = peerClass("polite", {
      count: 20,
      reachable: false,
      leave: { afterCompletion: { kind: "constant", value: 0 }, session: undefined, crash: false },
    });
    const polluter = peerClass("polluter", {
      count: 2,
      role: "seeder",
      upload: MBIT,
      corrupts: 0.3,
    });
    const result = checked(scenario([origin(), churn, polite, polluter], { seed }));
    expect(result.summary.classes.polite?.completed).toBe(20);
    expect(result.peers.filter((peer) => peer.leftSeconds !== null).length).toBeGreaterThan(30);
    expect(result.peers.reduce((sum, peer) => sum + peer.wastedBytes, 0)).toBeGreaterThan(0);
  });
});

describe("what chance decides", () => {
  const home = (picker: string, choker: string) =>
    scenario([
      origin(),
      peerClass("home", {
        count: 15,
        picker,
        choker,
        arrive: { kind: "poisson", rate: 1 / 2000, start: 0, until: 60_000 },
      }),
    ]);

  test("same seed, same digest; another seed, another digest", () => {
    const one = home("rarest-first", "tit-for-tat");
    const digest = simulate(one).summary.digest;
    expect(simulate(one).summary.digest).toBe(digest);
    expect(simulate({ ...one, seed: "2" }).summary.digest).not.toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
  });

  test("other strategies change the run, and neither arrivals nor links", () => {
    const a = simulate(home("rarest-first", "tit-for-tat"));
    const b = simulate(home("random", "round-robin"));
    expect(a.summary.digest).not.toBe(b.summary.digest);
    const links = (result: RunResult) =>
      result.peers.map((peer) => [
        peer.arrivedSeconds,
        peer.delayMilliseconds,
        peer.uploadCapacityBytesPerSecond,
      ]);
    expect(links(a)).toEqual(links(b));
  });

  test("the order of the classes in the file does not matter", () => {
    const a = peerClass("a", { count: 8 });
    const b = peerClass("b", { count: 8, upload: MBIT });
    const first = simulate(scenario([origin(), a, b])).summary.digest;
    expect(simulate(scenario([b, origin(), a])).summary.digest).toBe(first);
  });

  test("running in slices or in one go, with observers or without, is the same run", () => {
    const one = home("rarest-first", "tit-for-tat");
    const digest = simulate(one).summary.digest;
    expect(simulate(one, { progressEvents: 7 }).summary.digest).toBe(digest);
    expect(simulate(one, { check: true }).summary.digest).toBe(digest);
  });
});

test.each([
  [MIB, 24 * 1024],
  [MIB, 256_000],
  [2 * MIB + 5000, 40 * 1024],
  [100, 40],
])("a torrent of %d bytes in pieces of %d is shared", (size, pieceLength) => {
  const result = checked(
    scenario([origin(), peerClass("home", { count: 4 })], { torrent: { size, pieceLength } }),
  );
  expect(result.summary.peers.completed).toBe(4);
});

describe("the end of a run", () => {
  test("a cancelled run is partial and says so", () => {
    const signal = { aborted: false };
    const result = simulate(scenario([origin(), peerClass("home")]), {
      signal,
      progressEvents: 1_000,
      onProgress: ({ blocks }) => {
        signal.aborted = blocks > 100;
      },
    });
    expect(result.summary.partial).toBe(true);
    expect(result.summary.blocks).toBeGreaterThan(100);
    expect(result.summary.peers.completed).toBe(0);
  });

  test("without a seeder nobody completes, and the run ends at its time", () => {
    const poor = peerClass("poor", { pieces: { kind: "all-but", pieces: [3] } });
    const result = simulate(scenario([poor], { stop: { when: "all-complete", atMost: 300_000 } }));
    expect(result.summary.peers.completed).toBe(0);
    expect(result.summary.simulatedSeconds).toBe(300);
    expect(result.summary.bound.minimumDistributionSeconds).toBeNull();
  });

  test("bytes on their way at the end of the time are neither received nor lost", () => {
    for (let atMost = 20_000; atMost < 20_400; atMost += 25) {
      checked(scenario([origin(), peerClass("home")], { stop: { when: "time", atMost } }));
    }
  });

  test("a leecher that comes with every piece counts as completed", () => {
    const full = peerClass("full", { count: 3, pieces: { kind: "fraction", fraction: 1 } });
    const result = simulate(scenario([origin(), full, peerClass("home", { count: 3 })]));
    expect(result.summary.peers.completed).toBe(6);
    expect(result.summary.classes.full?.completed).toBe(3);
  });

  test("a single leecher takes about its share of the seeder's uplink", () => {
    const result = simulate(
      scenario([origin({ upload: 4 * MBIT }), peerClass("one", { count: 1 })]),
    );
    const floor = (8 * MIB) / (4 * MBIT);
    expect(result.summary.completionSeconds.max).toBeGreaterThan(floor);
    // Headers take 3 %, the first unchoke up to 10 s.
    expect(result.summary.completionSeconds.max).toBeLessThan(floor * 1.04 + 11);
  });
});
