import { describe, expect, test } from "@jest/globals";
import type { RunResult } from "../../src/metrics/results.ts";
import type { Scenario } from "../../src/scenario/scenario.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { constant, MBIT, MIB, origin, peerClass, scenario } from "../support/scenarios.ts";

const seeds = ["1", `fresh-${Date.now()}`];

/** The run of `one` with direct messages, after a check that it is the same run with bytes. */
function bothWays(one: Scenario): RunResult {
  const direct = simulate({ ...one, wire: "direct" });
  const bytes = simulate({ ...one, wire: "bytes" }, { check: true });
  expect(bytes).toEqual(direct); // the digest, and every number of every peer
  return direct;
}

describe.each(seeds)("messages that go through the codec change nothing (seed %s)", (seed) => {
  test("in a swarm where everybody stays", () => {
    const result = bothWays(scenario([origin(), peerClass("home")], { seed }));
    expect(result.summary.peers.completed).toBe(20);
  });

  test("with arrivals, goodbyes, crashes, NAT and peers that corrupt what they send", () => {
    const churn = peerClass("churn", {
      count: 30,
      arrive: { kind: "within", start: 0, duration: 40_000 },
      leave: {
        afterCompletion: undefined,
        session: { kind: "exponential", mean: 40_000 },
        crash: true,
      },
    });
    const polite = peerClass("polite", {
      count: 15,
      reachable: false,
      arrive: { kind: "within", start: 0, duration: 20_000 },
      leave: { afterCompletion: constant(0), session: undefined, crash: false },
    });
    const polluter = peerClass("polluter", {
      count: 2,
      role: "seeder",
      upload: MBIT,
      corrupts: 0.3,
    });
    const result = bothWays(scenario([origin(), churn, polite, polluter], { seed }));
    expect(result.peers.some((peer) => peer.wastedBytes > 0)).toBe(true);
    expect(result.peers.filter((peer) => peer.leftSeconds !== null).length).toBeGreaterThan(20);
  });

  test("with a short last piece and a bitfield that does not fill its last byte", () => {
    const torrent = { size: 5 * MIB + 12_345, pieceLength: MIB / 8 };
    const part = peerClass("part", { count: 10, pieces: { kind: "all-but", pieces: [40] } });
    const result = bothWays(scenario([origin(), part, peerClass("home")], { seed, torrent }));
    expect(result.summary.peers.completed).toBe(30);
  });

  test("over minutes of silence, which keep-alives fill", () => {
    const poor = peerClass("poor", { count: 6, pieces: { kind: "all-but", pieces: [3] } });
    const stop = { when: "time", atMost: 600_000 } as const;
    const result = bothWays(scenario([poor], { seed, stop }));
    expect(result.summary.simulatedSeconds).toBe(600);
  });
});
