import { CHUNK_ROWS, EventRows } from "./event-rows.ts";
import { OverflowHeap } from "./overflow-heap.ts";
import { SortedRun } from "./sorted-run.ts";

const LEAST_BUCKETS = 256;
const MOST_BUCKETS = 1 << 16;
/** What a bucket near the front should hold: enough to be read in one go, few enough to be sorted by insertion. */
const EVENTS_PER_BUCKET = 16;
/** Pops between two looks at whether the calendar still fits the traffic. */
const TUNE_EVERY = 16_384;

/**
 * The future events, in order of time and, at the same time, of insertion. A ring of buckets of equal width: an event is
 * appended to its bucket, and a bucket is sorted when its turn comes (the lazy queue of Rönngren 1991); what lies beyond
 * the ring waits in a heap. So a push writes to the end of one of a few hundred buckets and a pop reads on, where a heap or
 * a list in order of time would touch rows all over memory. `pop` fills the public fields. The order never depends on the
 * calendar's shape, which follows the traffic.
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

  private rows = new EventRows();
  private readonly run = new SortedRun();
  private overflow = new OverflowHeap();
  private buckets = LEAST_BUCKETS;
  /** Buckets per ms: the inverse of their width. Every place is computed with it, so that equal times fall together. */
  private density = 1;
  /** First and last chunk of each bucket, and the next row of the last; 0 for none. */
  private heads = new Int32Array(LEAST_BUCKETS);
  private tails = new Int32Array(LEAST_BUCKETS);
  private ends = new Int32Array(LEAST_BUCKETS);
  /** The bucket that `run` holds, counted from time 0; events before it go into it. */
  private current = 0;
  /** Events in the ring, those of `run` included. */
  private inRing = 0;
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
    this.size++;
    const place = Math.floor(time * this.density);
    if (place >= this.current + this.buckets) {
      const row = this.overflow.push(time);
      this.overflow.events.write(row, time, kind, handle, number, peer, value);
      return;
    }
    const row = this.append(place > this.current ? place : this.current);
    this.rows.write(row, time, kind, handle, number, peer, value);
    if (place <= this.current) this.run.insert(row, time);
  }

  /** Takes the next event into the fields; false when there is none. */
  pop(): boolean {
    if (this.size === 0) return false;
    if (this.run.isEmpty) this.turn();
    const row = this.run.shift();
    const { rows } = this;
    this.time = rows.time(row);
    this.kind = rows.kind(row);
    this.handle = rows.handle(row);
    this.number = rows.number(row);
    this.peer = rows.peer(row);
    this.value = rows.value(row);
    this.size--;
    this.inRing--;
    if (++this.popsSinceTune === TUNE_EVERY) this.tune();
    return true;
  }

  /** Puts the event that `pop` took last back among the pending ones. */
  pushBack(): void {
    this.push(this.time, this.kind, this.handle, this.number, this.peer, this.value);
  }

  /** Every pending event, in no order. */
  forEach(visit: (kind: number, value: number) => void): void {
    const { rows, overflow } = this;
    this.forEachRow((row) => visit(rows.kind(row), rows.value(row)));
    overflow.forEach((row) => {
      visit(overflow.events.kind(row), overflow.events.value(row));
    });
  }

  /** A new row at the end of a bucket. */
  private append(place: number): number {
    const bucket = place & (this.buckets - 1);
    this.inRing++;
    const end = this.ends[bucket] as number;
    if ((end & (CHUNK_ROWS - 1)) !== 0) {
      this.ends[bucket] = end + 1;
      return end;
    }
    // Chunk 0 is never handed out, so an end at the edge of a chunk says that a new one is due.
    const chunk = this.rows.take();
    if (this.heads[bucket] === 0) this.heads[bucket] = chunk;
    else this.rows.link(this.tails[bucket] as number, chunk);
    this.tails[bucket] = chunk;
    this.ends[bucket] = chunk * CHUNK_ROWS + 1;
    return chunk * CHUNK_ROWS;
  }

  /** The run is used up: the next bucket that holds something becomes the run. */
  private turn(): void {
    this.clear(this.current & (this.buckets - 1));
    if (this.inRing === 0) {
      this.current = Math.floor(this.overflow.leastTime * this.density);
      this.refill();
    }
    let bucket = this.current & (this.buckets - 1);
    while (this.heads[bucket] === 0) {
      this.current++;
      if (this.overflow.size > 0) this.refill();
      bucket = this.current & (this.buckets - 1);
    }
    this.load(bucket);
  }

  private load(bucket: number): void {
    const { run, rows } = this;
    const last = this.tails[bucket] as number;
    run.clear();
    let chunk = this.heads[bucket] as number;
    while (chunk !== 0) {
      const first = chunk * CHUNK_ROWS;
      const end = chunk === last ? (this.ends[bucket] as number) : first + CHUNK_ROWS;
      for (let row = first; row < end; row++) run.append(row, rows.time(row));
      chunk = rows.next(chunk);
    }
    run.sort();
  }

  private clear(bucket: number): void {
    let chunk = this.heads[bucket] as number;
    while (chunk !== 0) {
      const next = this.rows.next(chunk);
      this.rows.give(chunk);
      chunk = next;
    }
    this.heads[bucket] = 0;
    this.tails[bucket] = 0;
    this.ends[bucket] = 0;
  }

  private forEachIn(bucket: number, visit: (row: number) => void): void {
    const last = this.tails[bucket] as number;
    let chunk = this.heads[bucket] as number;
    while (chunk !== 0) {
      const first = chunk * CHUNK_ROWS;
      const end = chunk === last ? (this.ends[bucket] as number) : first + CHUNK_ROWS;
      for (let row = first; row < end; row++) visit(row);
      chunk = this.rows.next(chunk);
    }
  }

  /** Events of the ring: of the run in order of time, then bucket by bucket in the order of insertion. */
  private forEachRow(visit: (row: number) => void): void {
    this.run.forEach(visit);
    for (let i = 1; i < this.buckets; i++) {
      this.forEachIn((this.current + i) & (this.buckets - 1), visit);
    }
  }

  /** Moves what the ring has come to cover out of the heap. */
  private refill(): void {
    const { overflow, density } = this;
    const end = this.current + this.buckets;
    while (overflow.size > 0 && Math.floor(overflow.leastTime * density) < end) {
      const time = overflow.leastTime;
      const from = overflow.pop();
      this.rows.copy(this.append(Math.floor(time * density)), overflow.events, from);
    }
  }

  /** Aims at `EVENTS_PER_BUCKET` near the front, and at a ring with room for most of what is pending. */
  private tune(): void {
    const span = this.time - this.tunedAt;
    this.tunedAt = this.time;
    this.popsSinceTune = 0;
    if (!(span > 0)) return;
    const density = TUNE_EVERY / (EVENTS_PER_BUCKET * span);
    let buckets = LEAST_BUCKETS;
    while (buckets * EVENTS_PER_BUCKET < 4 * this.size && buckets < MOST_BUCKETS) buckets *= 2;
    const isDensityGood = density < 2 * this.density && density > 0.5 * this.density;
    if (isDensityGood && buckets <= 2 * this.buckets && buckets >= this.buckets / 4) return;
    this.rebuild(density, buckets);
  }

  /** The same events in a ring of another shape. What is at the same time keeps its order. */
  private rebuild(density: number, buckets: number): void {
    const { rows, overflow } = this;
    const pending: number[] = [];
    this.forEachRow((row) => pending.push(row));
    this.rows = new EventRows();
    this.overflow = new OverflowHeap();
    this.run.clear();
    this.density = density;
    this.buckets = buckets;
    this.heads = new Int32Array(buckets);
    this.tails = new Int32Array(buckets);
    this.ends = new Int32Array(buckets);
    this.current = Math.floor(this.time * density);
    this.inRing = 0;
    this.size = 0;
    // What was in the ring came before what was in the heap, or is at another time.
    for (const row of pending) this.pushCopy(rows, row);
    while (overflow.size > 0) this.pushCopy(overflow.events, overflow.pop());
  }

  private pushCopy(rows: EventRows, row: number): void {
    this.push(
      rows.time(row),
      rows.kind(row),
      rows.handle(row),
      rows.number(row),
      rows.peer(row),
      rows.value(row),
    );
  }
}
