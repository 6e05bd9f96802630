import { CHUNK_ROWS, EventRows } from "./event-rows.ts";

/** A binary heap of events by time, first in first out among equals: the far future of the event queue. */
export class OverflowHeap {
  size = 0;
  /** Where its events are kept. */
  readonly events = new EventRows();
  private readonly freed: number[] = [];
  private readonly rows: number[] = [];
  private readonly times: number[] = [];
  private readonly ranks: number[] = [];
  private pushed = 0;

  /** Time of the first event; Infinity when there is none. */
  get leastTime(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.times[0] as number);
  }

  /** Makes room for an event at `time` and returns the row of `events` to write it to. */
  push(time: number): number {
    const row = this.take();
    const rank = this.pushed++;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = this.times[parent] as number;
      if (parentTime <= time) break; // the parent is older, so it wins a tie
      this.place(at, this.rows[parent] as number, parentTime, this.ranks[parent] as number);
      at = parent;
    }
    this.place(at, row, time, rank);
    return row;
  }

  /** Takes out the first event, of which there must be one: its row, which may be read until the next `push`. */
  pop(): number {
    const first = this.rows[0] as number;
    this.freed.push(first);
    const last = --this.size;
    const row = this.rows[last] as number;
    const time = this.times[last] as number;
    const rank = this.ranks[last] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.isBefore(child + 1, child)) child++;
      const childTime = this.times[child] as number;
      if (childTime > time || (childTime === time && (this.ranks[child] as number) > rank)) break;
      this.place(at, this.rows[child] as number, childTime, this.ranks[child] as number);
      at = child;
    }
    if (last > 0) this.place(at, row, time, rank);
    return first;
  }

  forEach(visit: (row: number) => void): void {
    for (let at = 0; at < this.size; at++) visit(this.rows[at] as number);
  }

  private take(): number {
    if (this.freed.length === 0) {
      const chunk = this.events.take();
      for (let i = CHUNK_ROWS - 1; i >= 0; i--) this.freed.push(chunk * CHUNK_ROWS + i);
    }
    return this.freed.pop() as number;
  }

  private place(at: number, row: number, time: number, rank: number): void {
    this.rows[at] = row;
    this.times[at] = time;
    this.ranks[at] = rank;
  }

  private isBefore(a: number, b: number): boolean {
    const timeA = this.times[a] as number;
    const timeB = this.times[b] as number;
    return (
      timeA < timeB || (timeA === timeB && (this.ranks[a] as number) < (this.ranks[b] as number))
    );
  }
}
