import type { Clock } from "../core/clock.ts";
import { growFloat64, growInt32 } from "../core/grow.ts";
import type { Geometry } from "../core/geometry.ts";
import type { Bitfield } from "../core/bitfield.ts";
import type { NetworkSpec } from "../scenario/scenario.ts";
import type { EventQueue } from "./event-queue.ts";
import { BLOCK_ARRIVES } from "./kinds.ts";

/** BEP 3: 4 bytes length, 1 byte id, 4 bytes piece, 4 bytes begin before a block. */
const PIECE_HEADER = 13;

/** What all links share: the queue, the clock, the cost of headers, and columns by connection handle. */
export class Network {
  readonly queue: EventQueue;
  readonly clock: Clock;
  readonly geometry: Geometry;
  /** Bitfields on their way, by ticket. */
  readonly bitfields = new Map<number, Bitfield>();
  /** Link bytes of a block of full length, TCP/IP headers included. */
  private readonly spec: NetworkSpec;
  private readonly fullBlockBytes: number;
  private nextTicket = 1;
  /** By sending handle: when its last block arrives, which nothing said later may overtake. */
  arrivesAfter = new Float64Array(0);
  /** By sending handle: handle, connection number and peer of the other end, and the own peer. */
  private ends = new Int32Array(0);
  /** By peer: one-way delay to the core, and bytes of control messages sent. */
  private delays = new Float64Array(0);
  private controlled = new Float64Array(0);
  /** By peer: blocks that wait in its downlink. */
  held = new Int32Array(0);
  /** Until when the receiving handle's last block waits in the downlink. */
  heldUntil = new Float64Array(0);

  constructor(queue: EventQueue, clock: Clock, geometry: Geometry, spec: NetworkSpec) {
    this.queue = queue;
    this.clock = clock;
    this.geometry = geometry;
    this.spec = spec;
    this.fullBlockBytes = this.linkBytes(geometry.lengthOfBlock(0, 0));
  }

  ensure(handles: number): void {
    this.arrivesAfter = growFloat64(this.arrivesAfter, handles);
    this.ends = growInt32(this.ends, 4 * handles);
    this.heldUntil = growFloat64(this.heldUntil, handles);
  }

  /** A peer with `delay` ms to the core. */
  join(peer: number, delay: number): void {
    this.delays = growFloat64(this.delays, peer + 1);
    this.controlled = growFloat64(this.controlled, peer + 1);
    this.held = growInt32(this.held, peer + 1);
    this.delays[peer] = delay;
  }

  /** One direction of a connection begins. */
  connect(handle: number, own: number, remoteHandle: number, remoteNumber: number, remote: number): void {
    this.arrivesAfter[handle] = 0;
    this.heldUntil[handle] = 0;
    const at = 4 * handle;
    this.ends[at] = remoteHandle;
    this.ends[at + 1] = remoteNumber;
    this.ends[at + 2] = remote;
    this.ends[at + 3] = own;
  }

  /** A control message of `length` bytes goes its way: it takes the delay and no link time. */
  say(handle: number, what: number, value: number, length: number): void {
    const { ends, delays } = this;
    const at = 4 * handle;
    const own = ends[at + 3] as number;
    const remote = ends[at + 2] as number;
    const after = this.arrivesAfter[handle] as number;
    let arrives = this.clock.now + (delays[own] as number) + (delays[remote] as number);
    if (arrives < after) arrives = after;
    this.controlled[own] = (this.controlled[own] as number) + length + this.spec.headerBytes;
    this.queue.push(arrives, what, ends[at] as number, ends[at + 1] as number, remote, value);
  }

  /** A block whose last byte is out, and could be in, at `ready` goes its way. */
  carry(handle: number, ready: number, value: number): void {
    const { ends, delays } = this;
    const at = 4 * handle;
    const remote = ends[at + 2] as number;
    const after = this.arrivesAfter[handle] as number;
    let arrives = ready + (delays[ends[at + 3] as number] as number) + (delays[remote] as number);
    if (arrives < after) arrives = after;
    this.arrivesAfter[handle] = arrives;
    this.queue.push(arrives, BLOCK_ARRIVES, ends[at] as number, ends[at + 1] as number, remote, value);
  }

  /** Bytes of control messages that `peer` sent, headers included. */
  controlBytes(peer: number): number {
    return this.controlled[peer] as number;
  }

  /** What a block of `length` bytes costs on a link. */
  blockBytes(length: number): number {
    return length === this.geometry.lengthOfBlock(0, 0) ? this.fullBlockBytes : this.linkBytes(length);
  }

  ticket(): number {
    return this.nextTicket++;
  }

  private linkBytes(length: number): number {
    const bytes = length + PIECE_HEADER;
    return bytes + Math.ceil(bytes / this.spec.segmentBytes) * this.spec.headerBytes;
  }
}
