import { growInt32 } from "../core/grow.ts";
import { type ConnectionRows, LIST_COUNTS, LIST_ENDS, TRANSFER_INTS } from "./connection-rows.ts";

/** Offset of the tail from the head. */
const TAIL = 1;

const NEXT = 0;
const A = 1;
const B = 2;
const C = 3;
const NODE_STRIDE = 4;

/**
 * First-in-first-out lists of requests, with all their nodes in one array: what a connection has in flight (list `2 * handle`; a partial
 * piece and a block) and what its peer asked of us (list `2 * handle + 1`; piece, begin, length). Memory is bounded by the
 * requests that exist at once, not by connections times pipeline.
 */
export class RequestLists {
  private readonly rows: ConnectionRows;
  private nodes = new Int32Array(0);
  private used = 1; // node 0 means none
  private free = 0;
  /** The three numbers of the request that `shift` or `peek` found. */
  a = 0;
  b = 0;
  c = 0;

  constructor(rows: ConnectionRows) {
    this.rows = rows;
  }

  count(list: number): number {
    return this.rows.transferInts[countOf(list)] as number;
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
    const { nodes } = this;
    const { transferInts: ints } = this.rows;
    const at = node * NODE_STRIDE;
    nodes[at + NEXT] = 0;
    nodes[at + A] = a;
    nodes[at + B] = b;
    nodes[at + C] = c;
    const head = headOf(list);
    const tail = ints[head + TAIL] as number;
    if (tail === 0) ints[head] = node;
    else nodes[tail * NODE_STRIDE + NEXT] = node;
    ints[head + TAIL] = node;
    const count = countOf(list);
    ints[count] = (ints[count] as number) + 1;
  }

  /** Takes the oldest request into `a`, `b`, `c`; false when there is none. */
  shift(list: number): boolean {
    const node = this.rows.transferInts[headOf(list)] as number;
    if (node === 0) return false;
    this.read(node);
    this.unlink(list, 0, node);
    return true;
  }

  /** Reads the oldest request into `a`, `b`, `c` and leaves it. */
  peek(list: number): boolean {
    const node = this.rows.transferInts[headOf(list)] as number;
    if (node === 0) return false;
    this.read(node);
    return true;
  }

  /** Takes out the oldest request with these numbers; false when there is none. */
  remove(list: number, a: number, b: number): boolean {
    let before = 0;
    let node = this.rows.transferInts[headOf(list)] as number;
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
    let node = this.rows.transferInts[headOf(list)] as number;
    while (node !== 0) {
      const at = node * NODE_STRIDE;
      if (this.nodes[at + A] === a && this.nodes[at + B] === b) return true;
      node = this.nodes[at + NEXT] as number;
    }
    return false;
  }

  /** Oldest first. */
  forEach(list: number, visit: (a: number, b: number, c: number) => void): void {
    let node = this.rows.transferInts[headOf(list)] as number;
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
    const { nodes } = this;
    const { transferInts: ints } = this.rows;
    const head = headOf(list);
    const next = nodes[node * NODE_STRIDE + NEXT] as number;
    if (before === 0) ints[head] = next;
    else nodes[before * NODE_STRIDE + NEXT] = next;
    if (next === 0) ints[head + TAIL] = before;
    const count = countOf(list);
    ints[count] = (ints[count] as number) - 1;
    nodes[node * NODE_STRIDE + NEXT] = this.free;
    this.free = node;
  }
}

function headOf(list: number): number {
  return (list >> 1) * TRANSFER_INTS + LIST_ENDS + 2 * (list & 1);
}

function countOf(list: number): number {
  return (list >> 1) * TRANSFER_INTS + LIST_COUNTS + (list & 1);
}
