import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Downlinks } from "../../../src/sim/downlinks.ts";

const PEERS = 3;

function downlinksOf(peers: number): Downlinks {
  const downlinks = new Downlinks();
  for (let peer = 0; peer < peers; peer++) downlinks.join(peer);
  return downlinks;
}

describe("downlinks", () => {
  test("hold the blocks of each peer first in, first out, like arrays", () => {
    const step = fc.record({ peer: fc.nat(PEERS - 1), isIn: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const downlinks = downlinksOf(PEERS);
        const model = Array.from({ length: PEERS }, () => [] as number[]);
        steps.forEach(({ peer, isIn }, i) => {
          const list = model[peer]!;
          if (isIn) {
            downlinks.push(peer, i + 0.5, i + 1, i + 2, ~i);
            list.push(i);
          } else if (list.length > 0) {
            expect(downlinks.peek(peer)).toBe(true);
            const first = list.shift()!;
            const { time, handle, number, value } = downlinks;
            expect([time, handle, number, value]).toEqual([
              first + 0.5,
              first + 1,
              first + 2,
              ~first,
            ]);
            downlinks.shift(peer);
          }
          for (let one = 0; one < PEERS; one++) {
            expect(downlinks.isHolding(one)).toBe(model[one]!.length > 0);
            expect(downlinks.peek(one)).toBe(model[one]!.length > 0);
          }
        });
        const held: number[] = [];
        downlinks.forEach((value) => {
          held.push(~value);
        });
        expect(held.sort((a, b) => a - b)).toEqual(model.flat().sort((a, b) => a - b));
      }),
    );
  });

  test("let a block through as it comes when they had the time for it before", () => {
    const downlinks = downlinksOf(1);
    expect(downlinks.pass(0, 1_000, 100)).toBe(1_000);
    // Its bytes had 60 ms of a free downlink, and need 100.
    expect(downlinks.pass(0, 1_060, 100)).toBe(1_100);
    expect(downlinks.pass(0, 1_300, 100)).toBe(1_300);
  });

  test("take blocks that come together one after another", () => {
    const downlinks = downlinksOf(2);
    expect([1, 2, 3].map(() => downlinks.pass(0, 500, 40))).toEqual([500, 540, 580]);
    expect(downlinks.pass(1, 500, 40)).toBe(500);
  });

  test("never let more through than their rate, nor a block before it came, nor keep one while idle", () => {
    const arrival = fc.record({ gap: fc.nat(200), span: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 60 }), (arrivals) => {
        const downlinks = downlinksOf(1);
        let now = 1_000;
        let before = 0; // the end of the block before it
        for (const { gap, span } of arrivals) {
          now += gap;
          const through = downlinks.pass(0, now, span);
          expect(through).toBeGreaterThanOrEqual(now);
          expect(through - before).toBeGreaterThanOrEqual(span);
          expect(through).toBe(Math.max(now, before + span));
          before = through;
        }
      }),
    );
  });
});
