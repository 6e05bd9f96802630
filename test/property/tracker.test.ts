import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AnnouncerBench, MINUTE, SwarmBench } from "../support/tracker.ts";

const TIMEOUT = 45 * MINUTE;
const MIN_INTERVAL = 5 * MINUTE;
const MAX_PEERS = 5;
const MAX_NUMWANT = 4;

const announce = fc.record({
  key: fc.nat(7),
  event: fc.constantFrom("none", "none", "started", "completed", "stopped"),
  left: fc.constantFrom(0, 1),
  wanted: fc.option(fc.nat(9), { nil: undefined }),
  pause: fc.oneof(fc.constant(0), fc.nat(10 * MINUTE), fc.nat(60 * MINUTE)),
});

interface ModelPeer {
  left: number;
  announcedAt: number;
  servedAt: number;
  hasCompleted: boolean;
}

describe("a tracker's swarm", () => {
  test("knows and hands out what a plain table would, whatever is announced", () => {
    fc.assert(
      fc.property(
        fc.array(announce, { maxLength: 60 }),
        fc.boolean(),
        (steps, seedersToSeeders) => {
          const bench = new SwarmBench({
            peerTimeout: TIMEOUT,
            minInterval: MIN_INTERVAL,
            maxPeers: MAX_PEERS,
            maxNumwant: MAX_NUMWANT,
            numwant: 3,
            seedersToSeeders,
          });
          const model = new Map<string, ModelPeer>();
          let downloaded = 0;
          for (const { key: number, event, left, wanted, pause } of steps) {
            bench.clock.now += pause;
            const { now } = bench.clock;
            const key = `${number}`;
            for (const [other, { announcedAt }] of model) {
              if (now - announcedAt >= TIMEOUT) model.delete(other);
            }
            const answer = bench.announce(key, { event, left, wanted });
            let asked = Math.min(wanted ?? 3, MAX_NUMWANT);
            if (event === "stopped") {
              model.delete(key);
              asked = 0;
            } else {
              const before = model.get(key);
              if (before !== undefined || model.size < MAX_PEERS) {
                const peer = before ?? {
                  left,
                  announcedAt: 0,
                  servedAt: -1e9,
                  hasCompleted: false,
                };
                if (event === "none" && now - peer.servedAt < MIN_INTERVAL) asked = 0;
                if (event === "completed" && !peer.hasCompleted) {
                  downloaded++;
                  peer.hasCompleted = true;
                }
                peer.left = left;
                peer.announcedAt = now;
                if (asked > 0) peer.servedAt = now;
                model.set(key, peer);
              }
            }
            const eligible = [...model]
              .filter(([other]) => other !== key)
              .filter(([, peer]) => left > 0 || seedersToSeeders || peer.left > 0)
              .map(([other]) => `@${other}`);
            const complete = [...model.values()].filter((peer) => peer.left === 0).length;
            expect(bench.swarm.scrape()).toEqual({
              complete,
              incomplete: model.size - complete,
              downloaded,
            });
            expect(answer).toMatchObject({ complete, incomplete: model.size - complete });
            expect(new Set(answer.peers).size).toBe(Math.min(asked, eligible.length));
            expect(answer.peers).toHaveLength(Math.min(asked, eligible.length));
            expect(eligible).toEqual(expect.arrayContaining([...answer.peers]));
          }
        },
      ),
    );
  });
});

const step = fc.oneof(
  fc.constantFrom("answer", "answer", "fail", "completed", "none", "stopped"),
  fc.nat(40 * MINUTE),
);

describe("an announcer", () => {
  test("tells each tracker started first, completed once, and nothing after stopped", () => {
    const tiers = fc.constantFrom([["a"]], [["a", "b"]], [["a"], ["b", "c"]]);
    fc.assert(
      fc.property(tiers, fc.array(step, { maxLength: 60 }), (trackers, steps) => {
        const bench = new AnnouncerBench(trackers);
        const known = new Set<string>();
        let completions = 0;
        let answeredAt = Number.NEGATIVE_INFINITY;
        bench.tell("started", 50);
        for (const one of steps) {
          const before = bench.sent.length;
          const isOpen = bench.isWaiting;
          const [, , tracker, event] = (bench.sent.at(-1) as string).split(" ") as string[];
          if (typeof one === "number") bench.pass(one);
          else if (one === "answer" || one === "fail") {
            if (!isOpen) continue;
            if (one === "answer" && event !== "stopped") {
              known.add(tracker as string);
              answeredAt = bench.clock.now;
              if (event === "completed") completions++;
            }
            bench[one]();
          } else bench.tell(one, one === "none" ? 20 : 0);
          for (const [, , to, what] of bench.sent.slice(before).map((line) => line.split(" "))) {
            // A tracker hears of us by started, and hears all else only once it has answered that.
            expect(known.has(to as string)).toBe(what !== "started");
            if (what === "none") {
              expect(bench.clock.now - answeredAt).toBeGreaterThanOrEqual(MINUTE);
            }
            if (what === "completed") expect(completions).toBe(0);
            if (what === "stopped") known.delete(to as string);
          }
          if (bench.announcer.isDone) expect(known.size).toBe(0);
        }
        const stop = bench.sent.findIndex((line) => line.includes("stopped"));
        const after = stop < 0 ? [] : bench.sent.slice(stop);
        expect(after.every((line) => line.includes("stopped"))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
