import { growFloat64, growInt32 } from "../core/grow.ts";

const NEXT = 0;
const HANDLE = 1;
const NUMBER = 2;
const VALUE = 3;
const STRIDE = 4;

const HEAD = 0;
const TAIL = 1;
const COUNT = 2;
const LIST_STRIDE = 4;

/**
 * The blocks that wait in each peer's downlink, first in, first out. Only the first of each peer is an event in the
 * queue: a slow downlink holds dozens of blocks, and a long queue is a slow queue.
 */
export class Downlinks {
  private lists = new Int32Array(0);
  /** When each peer's downlink is done with all that came. */
  private freeAt = new Float64Array(0);
  private nodes = new Int32Array(0);
  private times = new Float64Array(0);
  private used = 1; // node 0 means none
  private free = 0;
  /** The block that `shift` took or `peek` saw: its connection end, and when it is through. */
  handle = 0;
  number = 0;
  value = 0;
  time = 0;

  join(peer: number): void {
    this.lists = growInt32(this.lists, (peer + 1) * LIST_STRIDE);
    this.freeAt = growFloat64(this.freeAt, peer + 1);
  }

  isHolding(peer: number): boolean {
    return this.lists[peer * LIST_STRIDE + COUNT] !== 0;
  }

  /** A block that takes `span` ms of the downlink is there at `now`. Returns when it is through. */
  pass(peer: number, now: number, span: number): number {
    const done = (this.freeAt[peer] as number) + span;
    const through = done > now ? done : now;
    this.freeAt[peer] = through;
    return through;
  }

  /** The block waits until `time`. */
  push(peer: number, time: number, handle: number, number: number, value: number): void {
    let node = this.free;
    if (node === 0) {
      node = this.used++;
      this.nodes = growInt32(this.nodes, this.used * STRIDE);
      this.times = growFloat64(this.times, this.used);
    } else {
      this.free = this.nodes[node * STRIDE + NEXT] as number;
    }
    const { nodes, lists } = this;
    const at = node * STRIDE;
    nodes[at + NEXT] = 0;
    nodes[at + HANDLE] = handle;
    nodes[at + NUMBER] = number;
    nodes[at + VALUE] = value;
    this.times[node] = time;
    const list = peer * LIST_STRIDE;
    const tail = lists[list + TAIL] as number;
    if (tail === 0) lists[list + HEAD] = node;
    else nodes[tail * STRIDE + NEXT] = node;
    lists[list + TAIL] = node;
    lists[list + COUNT] = (lists[list + COUNT] as number) + 1;
  }

  /** Reads the first waiting block into the fields; false when there is none. */
  peek(peer: number): boolean {
    const node = this.lists[peer * LIST_STRIDE + HEAD] as number;
    if (node === 0) return false;
    const at = node * STRIDE;
    this.handle = this.nodes[at + HANDLE] as number;
    this.number = this.nodes[at + NUMBER] as number;
    this.value = this.nodes[at + VALUE] as number;
    this.time = this.times[node] as number;
    return true;
  }

  /** Every waiting block, in no order. */
  forEach(visit: (value: number) => void): void {
    for (let list = 0; list < this.lists.length; list += LIST_STRIDE) {
      let node = this.lists[list + HEAD] as number;
      for (; node !== 0; node = this.nodes[node * STRIDE + NEXT] as number) {
        visit(this.nodes[node * STRIDE + VALUE] as number);
      }
    }
  }

  /** Takes the first waiting block out. There must be one. */
  shift(peer: number): void {
    const { nodes, lists } = this;
    const list = peer * LIST_STRIDE;
    const node = lists[list + HEAD] as number;
    const next = nodes[node * STRIDE + NEXT] as number;
    lists[list + HEAD] = next;
    if (next === 0) lists[list + TAIL] = 0;
    lists[list + COUNT] = (lists[list + COUNT] as number) - 1;
    nodes[node * STRIDE + NEXT] = this.free;
    this.free = node;
  }
}
