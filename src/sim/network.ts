import type { Clock } from "../core/clock.ts";
import { growFloat64 } from "../core/grow.ts";
import type { Geometry } from "../core/geometry.ts";
import type { Bitfield } from "../core/bitfield.ts";
import type { NetworkSpec } from "../scenario/scenario.ts";
import type { EventQueue } from "./event-queue.ts";

/** BEP 3: 4 bytes length, 1 byte id, 4 bytes piece, 4 bytes begin before a block. */
const PIECE_HEADER = 13;

/** What all links share: the queue, the clock, the cost of headers, and columns by connection slot. */
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
  /** When the last block sent from this slot arrives: what is said after it may not overtake it. */
  arrivesAfter = new Float64Array(0);
  /** Until when the receiving slot's last block waits in the downlink. */
  heldUntil = new Float64Array(0);

  constructor(queue: EventQueue, clock: Clock, geometry: Geometry, spec: NetworkSpec) {
    this.queue = queue;
    this.clock = clock;
    this.geometry = geometry;
    this.spec = spec;
    this.fullBlockBytes = this.linkBytes(geometry.lengthOfBlock(0, 0));
  }

  ensure(slots: number): void {
    this.arrivesAfter = growFloat64(this.arrivesAfter, slots);
    this.heldUntil = growFloat64(this.heldUntil, slots);
  }

  reset(slot: number): void {
    this.arrivesAfter[slot] = 0;
    this.heldUntil[slot] = 0;
  }

  /** What a block of `length` bytes costs on a link. */
  blockBytes(length: number): number {
    return length === this.geometry.lengthOfBlock(0, 0) ? this.fullBlockBytes : this.linkBytes(length);
  }

  /** What a control message of `length` bytes costs; it shares its segment with nothing. */
  controlBytes(length: number): number {
    return length + this.spec.headerBytes;
  }

  ticket(): number {
    return this.nextTicket++;
  }

  private linkBytes(length: number): number {
    const bytes = length + PIECE_HEADER;
    return bytes + Math.ceil(bytes / this.spec.segmentBytes) * this.spec.headerBytes;
  }
}
