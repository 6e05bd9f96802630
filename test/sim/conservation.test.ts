import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { RunResult } from "../../src/metrics/results.ts";
import type { Scenario } from "../../src/scenario/scenario.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { smallSwarm } from "../support/small-swarm.ts";

/** How many swarms; for a hunt say more: `SWARMS=20000`. */
const numRuns = Number(process.env.SWARMS ?? 200);
const patience = 60_000 + 100 * numRuns;

test(
  "any swarm keeps its books, comes to an end, and does so alike twice and through the codec",
  () => {
    fc.assert(
      fc.property(smallSwarm, (scenario) => {
        // The checkers see to it that bytes sent = received + on their way + lost, that nobody sends to a peer that it
        // chokes, that slots and connections are within their bounds, and that the books of every client balance.
        const result = simulate(scenario, { check: true });
        expectEnd(result, scenario);
        for (const peer of result.peers) {
          const gained = peer.downloadedBytes - peer.wastedBytes;
          expect(gained).toBeGreaterThanOrEqual(0);
          expect(gained).toBeLessThanOrEqual(scenario.torrent.size);
        }
        const { ratio } = result.summary.bound;
        if (ratio !== null) expect(ratio).toBeGreaterThanOrEqual(1);
        expect(simulate(scenario)).toEqual(result);
        expect(simulate({ ...scenario, wire: "bytes" }, { check: true })).toEqual(result);
      }),
      { numRuns },
    );
  },
  patience,
);

/** Either every leecher that is awaited is done or gone, or the run lasted until the end of its time. */
function expectEnd({ summary, peers }: RunResult, { stop, torrent, peers: classes }: Scenario) {
  expect(summary.partial).toBe(false);
  const isOver = peers.every(({ role, completedSeconds, leftSeconds, class: name }) => {
    const isAwaited = typeof stop.when === "string" || stop.when.complete.includes(name);
    return role === "seeder" || !isAwaited || completedSeconds !== null || leftSeconds !== null;
  });
  const atMost = stop.atMost / 1000;
  if (stop.when === "time" || !isOver) expect(summary.simulatedSeconds).toBe(atMost);
  expect(summary.simulatedSeconds).toBeLessThanOrEqual(atMost);
  for (const peer of peers) {
    if (peer.completedSeconds === null) continue;
    const broughtNothing = classes.find(({ name }) => name === peer.class)?.pieces.kind === "none";
    const gained = peer.downloadedBytes - peer.wastedBytes;
    // One that went on after its last piece got nothing more but waste.
    if (broughtNothing) expect(gained).toBe(torrent.size);
  }
}
