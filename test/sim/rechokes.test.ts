import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { RechokeReport } from "../../src/engine/observer.ts";
import { Trace } from "../../src/metrics/trace.ts";
import type { Scenario } from "../../src/scenario/scenario.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { Simulation } from "../../src/sim/simulation.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { listener } from "../support/listener.ts";
import { MBIT, MIB, origin, peerClass, scenario } from "../support/scenarios.ts";
import { smallSwarm } from "../support/small-swarm.ts";

const torrent = { size: 4 * MIB, pieceLength: MIB / 16 };
const chokers = [...builtInStrategies.chokers.values()];

/** Half of the leechers of that choker, half of tit-for-tat; or the origin of it, where it is for seeders. */
function swarmOf(name: string): Scenario {
  const { seederOnly } = chokers.find((one) => one.name === name)!;
  const others = peerClass("other", { count: 12, upload: MBIT });
  if (seederOnly) return scenario([origin({ choker: name }), others], { torrent });
  const own = peerClass("own", { count: 12, upload: MBIT, choker: name });
  return scenario([origin(), own, others], { torrent });
}

/** The digest of a run whose rechoke rounds are written down, and the lines of them. */
function traced(one: Scenario): { digest: string; lines: string[] } {
  const lines: string[] = [];
  const clock = { now: 0 };
  const write = (line: string) => {
    if (line.includes('"event":"rechoke"')) lines.push(line);
  };
  const observer = new Trace(clock, write, { rechokes: true });
  const simulation = new Simulation(one, { observer, check: true });
  Object.defineProperty(clock, "now", { get: () => simulation.now });
  while (!simulation.isDone) simulation.advance(100_000);
  return { digest: simulation.finish().summary.digest, lines };
}

describe("a run whose rechoke rounds are written down", () => {
  test.each(chokers.map(({ name }) => name))("has the digest of one without, with %s", (name) => {
    const one = swarmOf(name);
    const { digest, lines } = traced(one);
    expect(digest).toBe(simulate(one).summary.digest);
    expect(lines.length).toBeGreaterThan(100);
  });

  test("has it whatever the swarm", () => {
    fc.assert(
      fc.property(smallSwarm, (one) => {
        expect(traced(one).digest).toBe(simulate(one).summary.digest);
      }),
      { numRuns: 25 },
    );
  }, 180_000);
});

test("what rounds decide is what happens: no choke or unchoke comes without one, and each comes", () => {
  /** Of the last round: what is still to come, as "unchoke 1>2". */
  let due = new Set<string>();
  let decided = 0;
  const came = (what: string) => {
    expect(due.delete(what)).toBe(true);
    decided++;
  };
  const observer = listener({
    rechoked: (client: number, { decisions }: RechokeReport) => {
      expect(due).toEqual(new Set());
      const changes = decisions.filter(({ decision }) => /^(un)?choke$/.test(decision));
      due = new Set(changes.map(({ decision, remote }) => `${decision} ${client}>${remote}`));
    },
    choked: (client, remote) => came(`choke ${client}>${remote}`),
    unchoked: (client, remote) => came(`unchoke ${client}>${remote}`),
  });
  simulate(swarmOf("bittyrant"), { observer });
  expect(due).toEqual(new Set());
  expect(decided).toBeGreaterThan(100);
});
