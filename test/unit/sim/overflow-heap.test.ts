import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OverflowHeap } from "../../../src/sim/overflow-heap.ts";

function push(heap: OverflowHeap, time: number, value: number): void {
  heap.events.write(heap.push(time), time, 1, 2, 3, 4, value);
}

describe("the heap of the far future", () => {
  test("gives events by time, and those of one time in the order they came", () => {
    const step = fc.oneof(fc.nat(8), fc.constant("pop" as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const heap = new OverflowHeap();
        const model: { time: number; value: number }[] = [];
        steps.forEach((one, value) => {
          if (one !== "pop") {
            push(heap, one, value);
            model.push({ time: one, value });
          } else if (model.length > 0) {
            const least = model.reduce((a, b) => (b.time < a.time ? b : a));
            model.splice(model.indexOf(least), 1);
            const row = heap.pop();
            expect([heap.events.time(row), heap.events.value(row)]).toEqual([
              least.time,
              least.value,
            ]);
          }
          expect(heap.size).toBe(model.length);
          expect(heap.leastTime).toBe(Math.min(...model.map(({ time }) => time)));
        });
        const held: number[] = [];
        heap.forEach((row) => {
          held.push(heap.events.value(row));
        });
        expect(held.sort((a, b) => a - b)).toEqual(model.map(({ value }) => value));
      }),
    );
  });

  test("uses the rows of what was taken out again", () => {
    const heap = new OverflowHeap();
    const rows = new Set<number>();
    for (let i = 0; i < 1_000; i++) {
      const row = heap.push(i);
      heap.events.write(row, i, 0, 0, 0, 0, i);
      rows.add(row);
      if (i >= 10) expect(heap.events.value(heap.pop())).toBe(i - 10);
    }
    expect(rows.size).toBeLessThanOrEqual(16);
  });
});
