import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Geometry } from "../../../src/core/geometry.ts";
import { ConnectionCells } from "../../../src/engine/connection-cells.ts";
import { ConnectionRows } from "../../../src/engine/connection-rows.ts";
import { EventQueue } from "../../../src/sim/event-queue.ts";
import { BLOCK_ARRIVES, CHOKE, HAVE, UPLINK_FREE } from "../../../src/sim/kinds.ts";
import { Network } from "../../../src/sim/network.ts";
import { constant } from "../../support/scenarios.ts";

const FULL = 16_384;
const NUMBER = 77;

/**
 * Peer 0, with 100 B/ms up and 10 ms to the core, has connections 0 to 2 to peers 1 to 3, whose delays are 20 ms and whose
 * downlinks take 1000, 50 and 100 B/ms. Their ends are 10 to 12.
 */
function networkWith({ headerBytes = 40, segmentBytes = 1460, size = 4 * FULL + 1_000 } = {}) {
  const queue = new EventQueue();
  const clock = { now: 1_000 };
  const rows = new ConnectionRows();
  rows.ensure(20);
  const cells = new ConnectionCells(rows);
  const geometry = new Geometry(size, 2 * FULL);
  const spec = { model: "access", delay: constant(0), headerBytes, segmentBytes } as const;
  const network = new Network(queue, clock, rows, geometry, spec);
  network.join(0, 100, 100, 10);
  [1_000, 50, 100].forEach((download, i) => {
    network.join(i + 1, 100, download, 20);
    cells.open(i, NUMBER + i, i + 1);
    network.connect(i, 10 + i, i + 1);
  });
  /** The events to come, in order. */
  const events = () => {
    const found: { time: number; kind: number; handle: number; peer: number; value: number }[] = [];
    while (queue.pop()) {
      const { time, kind, handle, peer, value } = queue;
      found.push({ time, kind, handle, peer, value });
    }
    return found;
  };
  return { network, clock, queue, events };
}

describe("a block on its way", () => {
  // 16,384 + 13 bytes of BEP 3 are 16,397, which take 12 segments of 1,460: 12 x 40 bytes of headers, 16,877 in all.
  test("takes the uplink for its bytes and headers, then both delays", () => {
    const { network, events } = networkWith();
    network.send(0, 0, 5, FULL);
    const [free, arrives] = events();
    // 16,877 B / 100 B/ms = 168.77 ms
    expect(free).toMatchObject({ kind: UPLINK_FREE, peer: 0 });
    expect(free?.time).toBeCloseTo(1_168.77, 9);
    expect(arrives).toMatchObject({ kind: BLOCK_ARRIVES, peer: 1, handle: 10, value: 5 });
    expect(arrives?.time).toBeCloseTo(1_168.77 + 10 + 20, 9);
  });

  test("comes no sooner than a slower downlink can take its bytes, and leaves the uplink as soon", () => {
    const { network, events } = networkWith();
    network.send(0, 1, 5, FULL);
    const [free, arrives] = events();
    expect(free?.time).toBeCloseTo(1_168.77, 9);
    // 16,877 B / 50 B/ms = 337.54 ms
    expect(arrives?.time).toBeCloseTo(1_337.54 + 30, 9);
    expect(network.downlinkSpan(2, FULL)).toBeCloseTo(337.54, 9);
  });

  test("of the end of the torrent costs what it has: one segment for 1,000 + 13 bytes", () => {
    const { network, events } = networkWith();
    network.send(0, 0, 4, 1_000);
    // (1,013 + 40) B / 100 B/ms
    expect(events().map(({ time }) => Number(time.toFixed(6)))).toEqual([1_010.53, 1_040.53]);
    // Block 4 is that last one: of the third piece, whose other block does not exist.
    expect([network.lengthOf(4), network.lengthOf(~4), network.lengthOf(0)]).toEqual([
      1_000,
      1_000,
      FULL,
    ]);
  });

  test("costs 13 bytes beside its payload when nothing else is modelled, more with smaller segments", () => {
    const bare = networkWith({ headerBytes: 0 }).network;
    expect(bare.downlinkSpan(3, FULL)).toBeCloseTo(163.97, 9);
    // 16,397 B fill 164 segments of 100.
    const small = networkWith({ segmentBytes: 100 }).network;
    expect(small.downlinkSpan(3, FULL)).toBeCloseTo(163.97 + 65.6, 9);
    // A last segment that is just full: 1,447 + 13 = 1,460; and one byte more.
    const { network } = networkWith();
    expect(network.downlinkSpan(3, 1_447)).toBeCloseTo(15, 9);
    expect(network.downlinkSpan(3, 1_448)).toBeCloseTo(15.41, 9);
  });

  test("keeps the uplink busy until it has gone", () => {
    const { network } = networkWith();
    expect(network.isUplinkBusy(0)).toBe(false);
    network.send(0, 0, 5, FULL);
    expect([network.isUplinkBusy(0), network.isUplinkBusy(1)]).toEqual([true, false]);
    network.freeUplink(0);
    expect(network.isUplinkBusy(0)).toBe(false);
  });
});

describe("a message on its way", () => {
  test("takes both delays and nothing of the uplink, and its bytes are counted with headers", () => {
    const { network, events } = networkWith();
    network.say(0, 0, HAVE, 3, 9);
    expect(events()).toEqual([{ time: 1_030, kind: HAVE, handle: 10, peer: 1, value: 3 }]);
    expect([network.controlBytes(0), network.controlBytes(1)]).toEqual([49, 0]);
    expect(network.isUplinkBusy(0)).toBe(false);
  });

  test("never overtakes a block of its connection, and is not held up by one of another", () => {
    const { network, events } = networkWith();
    network.say(0, 1, HAVE, 1, 9);
    network.send(0, 1, 5, FULL);
    network.say(0, 1, HAVE, 2, 9);
    network.say(0, 1, CHOKE, 0, 5);
    network.say(0, 2, HAVE, 3, 9);
    const order = events().filter(({ kind }) => kind !== UPLINK_FREE);
    expect(order.map(({ kind, handle, value }) => [kind, handle, value])).toEqual([
      [HAVE, 11, 1],
      [HAVE, 12, 3],
      [BLOCK_ARRIVES, 11, 5],
      [HAVE, 11, 2],
      [CHOKE, 11, 0],
    ]);
    expect(order.at(-1)?.time).toBe(order[2]?.time);
  });

  test("is said first and heard first: nothing overtakes anything on one connection", () => {
    const step = fc.record({
      handle: fc.nat(2),
      isBlock: fc.boolean(),
      isShort: fc.boolean(),
      later: fc.oneof(fc.constant(0), fc.nat(400)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { network, clock, events } = networkWith();
        let uplinkFreeAt = clock.now;
        steps.forEach(({ handle, isBlock, isShort, later }, value) => {
          clock.now += later;
          if (isBlock) {
            clock.now = Math.max(clock.now, uplinkFreeAt);
            uplinkFreeAt = clock.now + (isShort ? 10.53 : 168.77);
            network.send(0, handle, value, isShort ? 1_000 : FULL);
          } else {
            network.say(0, handle, HAVE, value, 9);
          }
        });
        const messages = events().filter(({ kind }) => kind !== UPLINK_FREE);
        for (const end of [10, 11, 12]) {
          const heard = messages.filter(({ handle }) => handle === end).map(({ value }) => value);
          expect(heard).toEqual([...heard].sort((a, b) => a - b));
        }
      }),
    );
  });
});
