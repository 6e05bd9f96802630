import { growInt32 } from "../core/grow.ts";

const HEAD = 0;
const TAIL = 1;
const COUNT = 2;
const LIST_STRIDE = 4;

const NEXT = 0;
const A = 1;
const B = 2;
const C = 3;
const NODE_STRIDE = 4;

/**
 * First-in-first-out lists of requests, all in one array: what a connection has in flight (list `2 * handle`; a partial
 * piece and a block) and what its peer asked of us (list `2 * handle + 1`; piece, begin, length). Memory is bounded by the
 * requests that exist at once, not by connections times pipeline.
 */
export class RequestLists {
  private lists = new Int32Array(0);
  private nodes = new Int32Array(0);
  private used = 1; // node 0 means none
  private free = 0;
  /** The three numbers of the request that `shift` or `peek` found. */
  a = 0;
  b = 0;
  c = 0;

  ensure(lists: number): void {
    this.lists = growInt32(this.lists, lists * LIST_STRIDE);
  }

  count(list: number): number {
    return this.lists[list * LIST_STRIDE + COUNT] as number;
  }

  push(list: number, a: number, b: number, c: number): void {
    let node = this.free;
    if (node === 0) {
      node = this.used++;
      if (this.used * NODE_STRIDE > this.nodes.length) {
        this.nodes = growInt32(this.nodes, this.used * NODE_STRIDE);
      }
    } else {
      this.free = this.nodes[node * NODE_STRIDE + NEXT] as number;
    }
    const { nodes, lists } = this;
    const at = node * NODE_STRIDE;
    nodes[at + NEXT] = 0;
    nodes[at + A] = a;
    nodes[at + B] = b;
    nodes[at + C] = c;
    const head = list * LIST_STRIDE;
    const tail = lists[head + TAIL] as number;
    if (tail === 0) lists[head + HEAD] = node;
    else nodes[tail * NODE_STRIDE + NEXT] = node;
    lists[head + TAIL] = node;
    lists[head + COUNT] = (lists[head + COUNT] as number) + 1;
  }

  /** Takes the oldest request into `a`, `b`, `c`; false when there is none. */
  shift(list: number): boolean {
    const node = this.lists[list * LIST_STRIDE + HEAD] as number;
    if (node === 0) return false;
    this.read(node);
    this.unlink(list, 0, node);
    return true;
  }

  /** Reads the oldest request into `a`, `b`, `c` and leaves it. */
  peek(list: number): boolean {
    const node = this.lists[list * LIST_STRIDE + HEAD] as number;
    if (node === 0) return false;
    this.read(node);
    return true;
  }

  /** Takes out the oldest request with these numbers; false when there is none. */
  remove(list: number, a: number, b: number): boolean {
    let before = 0;
    let node = this.lists[list * LIST_STRIDE + HEAD] as number;
    while (node !== 0) {
      const at = node * NODE_STRIDE;
      if (this.nodes[at + A] === a && this.nodes[at + B] === b) {
        this.read(node);
        this.unlink(list, before, node);
        return true;
      }
      before = node;
      node = this.nodes[at + NEXT] as number;
    }
    return false;
  }

  has(list: number, a: number, b: number): boolean {
    let node = this.lists[list * LIST_STRIDE + HEAD] as number;
    while (node !== 0) {
      const at = node * NODE_STRIDE;
      if (this.nodes[at + A] === a && this.nodes[at + B] === b) return true;
      node = this.nodes[at + NEXT] as number;
    }
    return false;
  }

  /** Oldest first. */
  forEach(list: number, visit: (a: number, b: number, c: number) => void): void {
    let node = this.lists[list * LIST_STRIDE + HEAD] as number;
    while (node !== 0) {
      this.read(node);
      visit(this.a, this.b, this.c);
      node = this.nodes[node * NODE_STRIDE + NEXT] as number;
    }
  }

  clear(list: number): void {
    while (this.shift(list)) {
      // Each shift gives its node back.
    }
  }

  private read(node: number): void {
    const at = node * NODE_STRIDE;
    this.a = this.nodes[at + A] as number;
    this.b = this.nodes[at + B] as number;
    this.c = this.nodes[at + C] as number;
  }

  private unlink(list: number, before: number, node: number): void {
    const { nodes, lists } = this;
    const head = list * LIST_STRIDE;
    const next = nodes[node * NODE_STRIDE + NEXT] as number;
    if (before === 0) lists[head + HEAD] = next;
    else nodes[before * NODE_STRIDE + NEXT] = next;
    if (next === 0) lists[head + TAIL] = before;
    lists[head + COUNT] = (lists[head + COUNT] as number) - 1;
    nodes[node * NODE_STRIDE + NEXT] = this.free;
    this.free = node;
  }
}
