import { OverflowHeap } from "./overflow-heap.ts";

// One event is 32 bytes: a float64 time, then six int32.
const ROW = 8;
const NEXT = 2;
const KIND = 3;
const HANDLE = 4;
const NUMBER = 5;
const PEER = 6;
const VALUE = 7;

const LEAST_BUCKETS = 1024;
const MOST_BUCKETS = 1 << 19;
/** Pops between two looks at whether the calendar still fits the traffic. */
const TUNE_EVERY = 16_384;

/**
 * The future events, in order of time and, at the same time, of insertion. A calendar queue (Brown 1988): buckets of
 * equal width in a ring, each a short sorted list; what lies beyond the ring waits in a heap. `pop` fills the public fields.
 * The order never depends on the calendar's shape, which follows the traffic.
 */
export class EventQueue {
  time = 0;
  kind = 0;
  handle = 0;
  number = 0;
  peer = 0;
  value = 0;
  /** Pending events. */
  size = 0;

  private times = new Float64Array(0);
  private cells = new Int32Array(0);
  private used = 1; // row 0 means none
  private free = 0;

  private buckets = LEAST_BUCKETS;
  /** Buckets per ms: the inverse of their width. Every place is computed with it, so that equal times fall together. */
  private density = 1;
  /** First and last row of each bucket, side by side. */
  private ends = new Int32Array(2 * LEAST_BUCKETS);
  /** The bucket that `pop` reads, counted from time 0; events before it go into it. */
  private current = 0;
  private inRing = 0;
  private readonly overflow = new OverflowHeap();

  private popsSinceTune = 0;
  private tunedAt = 0;

  push(
    time: number,
    kind: number,
    handle: number,
    number: number,
    peer: number,
    value: number,
  ): void {
    let row = this.free;
    if (row === 0) {
      row = this.used++;
      if (this.used * ROW > this.cells.length) this.grow();
    } else {
      this.free = this.cells[row * ROW + NEXT] as number;
    }
    const { cells } = this;
    const at = row * ROW;
    this.times[row * (ROW / 2)] = time;
    cells[at + KIND] = kind;
    cells[at + HANDLE] = handle;
    cells[at + NUMBER] = number;
    cells[at + PEER] = peer;
    cells[at + VALUE] = value;
    this.size++;
    this.insert(row, time);
  }

  /** Takes the next event into the fields; false when there is none. */
  pop(): boolean {
    if (this.size === 0) return false;
    if (this.inRing === 0) this.jump();
    const { cells, ends } = this;
    let bucket = 2 * (this.current & (this.buckets - 1));
    let row = ends[bucket] as number;
    while (row === 0) {
      this.current++;
      if (this.overflow.size > 0) this.refill();
      bucket = 2 * (this.current & (this.buckets - 1));
      row = ends[bucket] as number;
    }
    const at = row * ROW;
    const next = cells[at + NEXT] as number;
    ends[bucket] = next;
    if (next === 0) ends[bucket + 1] = 0;
    this.time = this.times[row * (ROW / 2)] as number;
    this.kind = cells[at + KIND] as number;
    this.handle = cells[at + HANDLE] as number;
    this.number = cells[at + NUMBER] as number;
    this.peer = cells[at + PEER] as number;
    this.value = cells[at + VALUE] as number;
    cells[at + NEXT] = this.free;
    this.free = row;
    this.size--;
    this.inRing--;
    if (++this.popsSinceTune === TUNE_EVERY) this.tune();
    return true;
  }

  /** Every pending event, in no order. */
  forEach(visit: (kind: number, value: number) => void): void {
    const { cells, ends } = this;
    const see = (row: number) => {
      visit(cells[row * ROW + KIND] as number, cells[row * ROW + VALUE] as number);
    };
    for (let bucket = 0; bucket < this.buckets; bucket++) {
      let row = ends[2 * bucket] as number;
      for (; row !== 0; row = cells[row * ROW + NEXT] as number) see(row);
    }
    this.overflow.forEach(see);
  }

  private insert(row: number, time: number): void {
    const place = Math.floor(time * this.density);
    if (place >= this.current + this.buckets) {
      this.overflow.push(time, row);
      return;
    }
    this.inRing++;
    const bucket = 2 * ((place > this.current ? place : this.current) & (this.buckets - 1));
    const { cells, times, ends } = this;
    const tail = ends[bucket + 1] as number;
    if (tail === 0) {
      cells[row * ROW + NEXT] = 0;
      ends[bucket] = row;
      ends[bucket + 1] = row;
    } else if (time >= (times[tail * (ROW / 2)] as number)) {
      cells[row * ROW + NEXT] = 0;
      cells[tail * ROW + NEXT] = row;
      ends[bucket + 1] = row;
    } else {
      let before = 0;
      let after = ends[bucket] as number;
      while ((times[after * (ROW / 2)] as number) <= time) {
        before = after;
        after = cells[after * ROW + NEXT] as number;
      }
      cells[row * ROW + NEXT] = after;
      if (before === 0) ends[bucket] = row;
      else cells[before * ROW + NEXT] = row;
    }
  }

  /** Moves what the ring has come to cover out of the heap. */
  private refill(): void {
    const { overflow } = this;
    if (overflow.size === 0) return;
    const end = this.current + this.buckets;
    while (overflow.size > 0) {
      const time = overflow.leastTime;
      if (Math.floor(time * this.density) >= end) return;
      this.insert(overflow.pop(), time);
    }
  }

  /** The ring is empty: go to where the heap's first event is. */
  private jump(): void {
    this.current = Math.floor(this.overflow.leastTime * this.density);
    this.refill();
  }

  private grow(): void {
    const rows = Math.max(1024, this.used + (this.used >> 1));
    const buffer = new ArrayBuffer(rows * ROW * 4);
    const cells = new Int32Array(buffer);
    cells.set(this.cells);
    this.cells = cells;
    this.times = new Float64Array(buffer);
  }

  /** Aims at one or two events a bucket near the front, and at a ring with room for most of what is pending. */
  private tune(): void {
    const span = this.time - this.tunedAt;
    this.tunedAt = this.time;
    this.popsSinceTune = 0;
    if (!(span > 0)) return;
    const density = TUNE_EVERY / (1.5 * span);
    let buckets = LEAST_BUCKETS;
    while (buckets < 2 * this.size && buckets < MOST_BUCKETS) buckets *= 2;
    const isDensityGood = density < 2 * this.density && density > 0.5 * this.density;
    if (isDensityGood && buckets <= 2 * this.buckets && buckets >= this.buckets / 4) return;
    this.rebuild(density, buckets);
  }

  private rebuild(density: number, buckets: number): void {
    const { ends } = this;
    const old = this.buckets;
    const first = this.current;
    this.density = density;
    this.buckets = buckets;
    this.ends = new Int32Array(2 * buckets);
    this.current = Math.floor(this.time * density);
    this.inRing = 0;
    // Bucket by bucket in order of time, so that events at the same time stay in order.
    for (let i = 0; i < old; i++) {
      let row = ends[2 * ((first + i) & (old - 1))] as number;
      while (row !== 0) {
        const next = this.cells[row * ROW + NEXT] as number;
        this.insert(row, this.times[row * (ROW / 2)] as number);
        row = next;
      }
    }
    this.refill();
  }
}
