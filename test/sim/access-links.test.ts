import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../src/engine/profiles.ts";
import type { PeerClass, Scenario } from "../../src/scenario/scenario.ts";
import { Simulation } from "../../src/sim/simulation.ts";
import { listener } from "../support/listener.ts";
import { constant, origin, peerClass, scenario } from "../support/scenarios.ts";

const BLOCK = 16_384;
// On a link it is 16,384 + 13 bytes in 12 segments of 1,460 with 40 bytes of headers each: 16,877 bytes.

/** When blocks were sent and came, in order, from the moment of the first. */
function transfers(one: Scenario, until = Number.POSITIVE_INFINITY) {
  const sent: number[] = [];
  const received: number[] = [];
  const ends: number[] = [];
  const simulation: Simulation = new Simulation(one, {
    check: true,
    observer: listener({
      blockSent: () => {
        sent.push(simulation.now);
      },
      blockReceived: () => {
        received.push(simulation.now);
      },
      disconnected: () => {
        ends.push(simulation.now);
      },
    }),
  });
  while (!simulation.isDone && simulation.now < until) simulation.advance(1);
  const start = sent[0] ?? 0;
  const since = (times: number[]) => times.map((time) => Number((time - start).toFixed(6)));
  return { simulation, sent: since(sent), received: since(received), ends: since(ends) };
}

/** One seeder with 100 B/ms, 10 ms from the core, and `leechers` with 20 ms. */
function line(blocks: number, leechers: readonly PeerClass[], seeder = {}): Scenario {
  const torrent = { size: blocks * BLOCK, pieceLength: BLOCK };
  return scenario([origin({ upload: 100_000, delay: constant(10), ...seeder }), ...leechers], {
    torrent,
  });
}

function leecher(
  name: string,
  download: number,
  options: Pick<Partial<PeerClass>, "settings"> = {},
): PeerClass {
  return peerClass(name, { count: 1, download, delay: constant(20), ...options });
}

describe("blocks over access links", () => {
  test("through a fast downlink come at the uplink's pace, one delay later", () => {
    const { sent, received } = transfers(line(3, [leecher("fast", 1_000_000)]));
    expect(sent).toEqual([0, 168.77, 337.54]); // 16,877 B / 100 B/ms
    expect(received).toEqual([198.77, 367.54, 536.31]);
  });

  test("through a slow downlink come at its pace, while the uplink is done with them earlier", () => {
    const { sent, received } = transfers(line(3, [leecher("slow", 50_000)]));
    expect(sent).toEqual([0, 168.77, 337.54]);
    // 16,877 B / 50 B/ms = 337.54 ms each, the first after 30 ms of delay
    expect(received).toEqual([367.54, 705.08, 1042.62]);
  });

  test("through an unlimited downlink come one delay after they have left, however many send", () => {
    const one = line(20, [leecher("free", Number.POSITIVE_INFINITY)], { count: 3 });
    const { sent, received } = transfers(one);
    const due = sent.map((time) => Number((time + 168.77 + 30).toFixed(6)));
    expect(received.length).toBeGreaterThanOrEqual(20);
    expect(received).toEqual(due.slice(0, received.length)); // the last may come after the end
    expect(new Set(sent.slice(0, 3)).size).toBeLessThan(3); // some at once
  });

  test("of two uploaders share a downlink in the order in which they come", () => {
    const settings = {
      ...profiles["mainline-4"],
      pipeline: { rule: "fixed", requests: 1 } as const,
    };
    const both = line(20, [leecher("one", 100_000, { settings })], { count: 2 });
    const { sent, received } = transfers(both);
    // Both send at once, each as fast as the downlink: the second waits for all of the first.
    expect(sent.slice(0, 2)).toEqual([0, 0]);
    expect(received.slice(0, 2)).toEqual([198.77, 367.54]);
  });
});

describe("what a peer says last", () => {
  const leaving = (session: number, crash: boolean) =>
    line(200, [leecher("slow", 50_000)], {
      leave: { afterCompletion: undefined, session: constant(session), crash },
    });

  test("comes after the blocks that wait in a slow downlink, so that a goodbye loses none", () => {
    for (let session = 12_000; session < 13_000; session += 130) {
      const one = { ...leaving(session, false), stop: { when: "time", atMost: 30_000 } as const };
      const { simulation, sent, received, ends } = transfers(one);
      expect(sent.length).toBeGreaterThan(2);
      expect(received).toHaveLength(sent.length);
      expect(simulation.dispatcher.lostBytes).toBe(0);
      // The leecher hears it with its last block, at the same time and not before.
      expect(ends.at(-1)).toBe(received.at(-1));
    }
  });

  test("is nothing when it crashes, and the block that was being sent is lost", () => {
    const one = { ...leaving(12_000, true), stop: { when: "time", atMost: 30_000 } as const };
    const { simulation, sent, received } = transfers(one);
    // Those before it had left the uplink, and come though the downlink is slower.
    expect(simulation.dispatcher.lostBytes).toBe(BLOCK);
    expect(received).toHaveLength(sent.length - 1);
  });
});
