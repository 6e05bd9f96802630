import seedrandom from "seedrandom";
import { naturalLogarithm } from "../../src/core/logarithm.ts";
import { EventQueue } from "../../src/sim/event-queue.ts";
import { type Case, type Measured, measure } from "./measure.ts";

const OPERATIONS = 50_000;
/** Exponential gaps with a mean of a second, drawn beforehand. */
const gaps = Float64Array.from({ length: 1 << 16 }, drawGap(seedrandom.alea("bench/gaps")));

/** The event queue alone in the hold model: take the first event, put it back a random time later. */
export function queueCases(): Case[] {
  const cases = [10_000, 100_000, 1_000_000].map((pending) => hold(pending));
  return [...cases, holdInHeap(10_000)];
}

/** What the queue alone would allow with so many events pending: the upper bound of any simulator on top of it. */
export function queueLimit(pending: number): Measured {
  return measure([hold(pending)])[0] as Measured;
}

function hold(pending: number): Case {
  const queue = new EventQueue();
  let gap = 0;
  for (let i = 0; i < pending; i++) queue.push(gaps[i & 0xffff] as number, i & 15, i, i, i, i);
  return {
    name: `queue, ${pending.toLocaleString("en")} pending`,
    operation: "pop + push",
    operations: OPERATIONS,
    run() {
      for (let i = 0; i < OPERATIONS; i++) {
        queue.pop();
        const { time, kind, handle, number, peer, value } = queue;
        gap = (gap + 1) & 0xffff;
        queue.push(time + (gaps[gap] as number), kind, handle, number, peer, value);
      }
      return queue.time;
    },
  };
}

interface PlainEvent {
  readonly time: number;
  readonly rank: number;
  readonly peer: number;
}

/** The same with what one would write first: a binary heap of objects. It tells how fast the machine is today. */
function holdInHeap(pending: number): Case {
  const heap: PlainEvent[] = [];
  let rank = 0;
  let gap = 0;
  for (let i = 0; i < pending; i++) push(heap, { time: gaps[i & 0xffff] as number, rank, peer: i });
  return {
    name: `heap of objects, ${pending.toLocaleString("en")} pending`,
    operation: "pop + push",
    operations: OPERATIONS,
    run() {
      let last = 0;
      for (let i = 0; i < OPERATIONS; i++) {
        const { time, peer } = pop(heap);
        gap = (gap + 1) & 0xffff;
        push(heap, { time: time + (gaps[gap] as number), rank: rank++, peer });
        last = time;
      }
      return last;
    },
  };
}

function isBefore(a: PlainEvent, b: PlainEvent): boolean {
  return a.time < b.time || (a.time === b.time && a.rank < b.rank);
}

function push(heap: PlainEvent[], event: PlainEvent): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as PlainEvent;
    if (!isBefore(event, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = event;
}

function pop(heap: PlainEvent[]): PlainEvent {
  const first = heap[0] as PlainEvent;
  const last = heap.pop() as PlainEvent;
  if (heap.length === 0) return first;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    const right = heap[child + 1];
    if (right !== undefined && isBefore(right, heap[child] as PlainEvent)) child++;
    if (!isBefore(heap[child] as PlainEvent, last)) break;
    heap[at] = heap[child] as PlainEvent;
    at = child;
  }
  heap[at] = last;
  return first;
}

function drawGap(next: () => number): () => number {
  return () => -1000 * naturalLogarithm(1 - next());
}
