import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EventQueue } from "../../../src/sim/event-queue.ts";
import { testRandom } from "../../support/net.ts";

describe("event queue", () => {
  test("gives events by time, and those of one time in the order they came", () => {
    const step = fc.oneof(
      fc.record({ push: fc.oneof(fc.nat(20), fc.double({ min: 0, max: 1e6, noNaN: true })) }),
      fc.constant("pop" as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const queue = new EventQueue();
        const model: { time: number; value: number }[] = [];
        let now = 0;
        let value = 0;
        for (const one of steps) {
          if (one === "pop") {
            const least = model.reduce((a, b) => (b.time < a.time ? b : a), {
              time: Infinity,
              value: -1,
            });
            expect(queue.pop()).toBe(model.length > 0);
            if (model.length === 0) continue;
            model.splice(model.indexOf(least), 1);
            expect([queue.time, queue.value]).toEqual([least.time, least.value]);
            now = least.time;
          } else {
            queue.push(now + one.push, 1, 2, 3, 4, value);
            model.push({ time: now + one.push, value: value++ });
          }
          expect(queue.size).toBe(model.length);
        }
      }),
    );
  });

  test("keeps the order while the calendar retunes itself to bursts and lulls", () => {
    const queue = new EventQueue();
    const random = testRandom(1);
    let pushed = 0;
    for (; pushed < 5_000; pushed++) queue.push(random.next() * 1000, 0, 0, 0, 0, pushed);
    let last = -1;
    let lastValue = -1;
    for (let i = 0; i < 300_000; i++) {
      if (!queue.pop()) throw new Error("empty");
      const { time, value } = queue;
      if (time < last || (time === last && value < lastValue))
        throw new Error(`out of order at ${time}`);
      last = time;
      lastValue = value;
      // Busy for a while, then slow, then busy again; some far ahead, some at the very same time.
      const scale = Math.floor(i / 50_000) % 2 === 0 ? 10 : 10_000;
      const gap = i % 7 === 0 ? 0 : i % 11 === 0 ? 50 * scale : random.next() * scale;
      queue.push(time + gap, 0, 0, 0, 0, pushed++);
    }
    expect(queue.size).toBe(5_000);
  });

  test("carries what it was given", () => {
    const queue = new EventQueue();
    queue.push(1.5, 3, 70_000, 80_000, 90_000, -5);
    queue.pop();
    const { time, kind, handle, number, peer, value } = queue;
    expect([time, kind, handle, number, peer, value]).toEqual([1.5, 3, 70_000, 80_000, 90_000, -5]);
    expect(queue.pop()).toBe(false);
  });

  test("gives thousands of events at one time in the order they came, near and far", () => {
    for (const time of [0, 0.25, 1e6]) {
      const queue = new EventQueue();
      for (let value = 0; value < 20_000; value++) {
        queue.push(time, 0, 0, 0, 0, value);
        // Of every fourth, one comes later that is due earlier.
        if (value % 4 === 0) queue.push(time / 2, 0, 0, 0, 0, -value);
      }
      const values: number[] = [];
      while (queue.pop()) if (queue.value > 0) values.push(queue.value);
      expect(values).toEqual(Array.from({ length: 19_999 }, (_, i) => i + 1));
    }
  });

  test("what is pushed at the present time comes after what is due then already", () => {
    const queue = new EventQueue();
    for (let value = 0; value < 100; value++) queue.push(7, 0, 0, 0, 0, value);
    const values: number[] = [];
    while (queue.pop()) {
      values.push(queue.value);
      if (queue.value < 100) queue.push(7, 0, 0, 0, 0, queue.value + 100);
    }
    expect(values).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  test("has what was put back among its events, and gives it again with all its fields", () => {
    const times = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(times, fc.nat(), (all, skip) => {
        const queue = new EventQueue();
        all.forEach((time, i) => {
          queue.push(time, 5, 2 * i, 3 * i, 4 * i, ~i);
        });
        for (let i = 0; i <= skip % all.length; i++) queue.pop();
        const { time, kind, handle, number, peer, value, size } = queue;
        queue.pushBack();
        expect(queue.size).toBe(size + 1);
        const pending: number[] = [];
        queue.forEach((_, one) => {
          pending.push(one);
        });
        expect(pending).toContain(value);
        expect(pending).toHaveLength(queue.size);
        // At the same time others may come first, but nothing earlier.
        do queue.pop();
        while (queue.value !== value && queue.time === time);
        expect([
          queue.time,
          queue.kind,
          queue.handle,
          queue.number,
          queue.peer,
          queue.value,
        ]).toEqual([time, kind, handle, number, peer, value]);
      }),
    );
  });

  test("shows every pending event, those of the ring and of the far future", () => {
    const queue = new EventQueue();
    const random = testRandom(3);
    const expected = new Set<number>();
    for (let value = 0; value < 3_000; value++) {
      queue.push(random.next() * (value % 3 === 0 ? 1e9 : 100), value % 27, 0, 0, 0, value);
      expected.add(value);
    }
    for (let i = 0; i < 500; i++) {
      queue.pop();
      expected.delete(queue.value);
    }
    const shown = new Set<number>();
    queue.forEach((kind, value) => {
      expect(kind).toBe(value % 27);
      shown.add(value);
    });
    expect(shown).toEqual(expected);
  });
});
