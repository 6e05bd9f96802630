import type { Bitfield } from "../core/bitfield.ts";
import type { Clock } from "../core/clock.ts";
import type { Geometry } from "../core/geometry.ts";
import { growFloat64, growInt32, growUint8 } from "../core/grow.ts";
import {
  type ConnectionRows,
  DRIVER_FLOAT,
  DRIVER_INT,
  DRIVER_TRANSFER_FLOAT,
  NUMBER,
  REMOTE,
  ROW_FLOATS,
  ROW_INTS,
  TRANSFER_FLOATS,
} from "../engine/connection-rows.ts";
import type { NetworkSpec } from "../scenario/scenario.ts";
import { blockLinkBytes } from "../workload/link-bytes.ts";
import { Downlinks } from "./downlinks.ts";
import type { EventQueue } from "./event-queue.ts";
import { BLOCK_ARRIVES, UPLINK_FREE } from "./kinds.ts";

/** What the simulator keeps in the driver's cells of a connection's row. */
const REMOTE_HANDLE = DRIVER_INT;
/** When the last block that we sent arrives, which nothing said later may overtake: as in TCP. */
const ARRIVES_AFTER = DRIVER_FLOAT;
const HELD_UNTIL = DRIVER_TRANSFER_FLOAT;

const UPLOAD = 0;
const DOWNLOAD = 1;
const DELAY = 2;
const CONTROL = 3;
const ACCESS = 4;

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
  /** By peer: uplink and downlink in bytes per ms, one-way delay to the core in ms, bytes of control messages sent. */
  private access = new Float64Array(0);
  /** By peer: row of its client in the arenas, -1 when there is none. */
  private clientRows = new Int32Array(0);
  /** By peer: its uplink is sending a block. */
  private busy = new Uint8Array(0);
  readonly downlinks = new Downlinks();
  private readonly rows: ConnectionRows;

  constructor(
    queue: EventQueue,
    clock: Clock,
    rows: ConnectionRows,
    geometry: Geometry,
    spec: NetworkSpec,
  ) {
    this.queue = queue;
    this.rows = rows;
    this.clock = clock;
    this.geometry = geometry;
    this.spec = spec;
    this.fullBlockBytes = blockLinkBytes(spec, geometry.lengthOfBlock(0, 0));
  }

  /** A peer with its link: bytes per ms both ways, and ms to the core. */
  join(peer: number, upload: number, download: number, delay: number): void {
    this.access = growFloat64(this.access, ACCESS * (peer + 1));
    this.busy = growUint8(this.busy, peer + 1);
    this.clientRows = growInt32(this.clientRows, peer + 1);
    this.downlinks.join(peer);
    const at = ACCESS * peer;
    this.access[at + UPLOAD] = upload;
    this.access[at + DOWNLOAD] = download;
    this.access[at + DELAY] = delay;
  }

  clientRow(peer: number): number {
    return this.clientRows[peer] as number;
  }

  setClientRow(peer: number, row: number): void {
    this.clientRows[peer] = row;
  }

  isUplinkBusy(peer: number): boolean {
    return this.busy[peer] !== 0;
  }

  freeUplink(peer: number): void {
    this.busy[peer] = 0;
  }

  /** How long a block of `length` bytes takes through the uplink of `peer`. */
  uplinkSpan(peer: number, length: number): number {
    return this.blockBytes(length) / (this.access[ACCESS * peer + UPLOAD] as number);
  }

  /** How long a block of `length` bytes takes through the downlink of `peer`. */
  downlinkSpan(peer: number, length: number): number {
    return this.blockBytes(length) / (this.access[ACCESS * peer + DOWNLOAD] as number);
  }

  /** An end of a connection gets its handle: the other end is `remoteHandle` of peer `remote`. */
  connect(handle: number, remoteHandle: number, remote: number): void {
    const { ints, floats } = this.rows;
    ints[handle * ROW_INTS + REMOTE] = remote;
    ints[handle * ROW_INTS + REMOTE_HANDLE] = remoteHandle;
    floats[handle * ROW_FLOATS + ARRIVES_AFTER] = 0;
    this.holdUntil(handle, 0);
  }

  /** Until when the last block that came over the connection waits in the downlink. */
  heldUntil(handle: number): number {
    return this.rows.transferFloats[handle * TRANSFER_FLOATS + HELD_UNTIL] as number;
  }

  holdUntil(handle: number, time: number): void {
    this.rows.transferFloats[handle * TRANSFER_FLOATS + HELD_UNTIL] = time;
  }

  /** A control message of `length` bytes goes its way: it takes the delay and no link time. */
  say(own: number, handle: number, what: number, value: number, length: number): void {
    const { access } = this;
    const { ints, floats } = this.rows;
    const at = handle * ROW_INTS;
    const remote = ints[at + REMOTE] as number;
    const after = floats[handle * ROW_FLOATS + ARRIVES_AFTER] as number;
    const ownAt = ACCESS * own;
    let arrives =
      this.clock.now +
      (access[ownAt + DELAY] as number) +
      (access[ACCESS * remote + DELAY] as number);
    if (arrives < after) arrives = after;
    access[ownAt + CONTROL] = (access[ownAt + CONTROL] as number) + length + this.spec.headerBytes;
    const number = ints[at + NUMBER] as number;
    this.queue.push(arrives, what, ints[at + REMOTE_HANDLE] as number, number, remote, value);
  }

  /** A block of `length` bytes takes the uplink of `own` now, and goes its way. */
  send(own: number, handle: number, value: number, length: number): void {
    const { access, rows } = this;
    const { now } = this.clock;
    const at = handle * ROW_INTS;
    const ownAt = ACCESS * own;
    const remote = rows.ints[at + REMOTE] as number;
    const remoteAt = ACCESS * remote;
    const bytes = this.blockBytes(length);
    const sent = now + bytes / (access[ownAt + UPLOAD] as number);
    this.busy[own] = 1;
    this.queue.push(sent, UPLINK_FREE, 0, 0, own, 0);
    // The downlink takes bytes as they come: its last one is in when both ends had time for all of them.
    const received = now + bytes / (access[remoteAt + DOWNLOAD] as number);
    let arrives =
      (received > sent ? received : sent) +
      (access[ownAt + DELAY] as number) +
      (access[remoteAt + DELAY] as number);
    const after = rows.floats[handle * ROW_FLOATS + ARRIVES_AFTER] as number;
    if (arrives < after) arrives = after;
    rows.floats[handle * ROW_FLOATS + ARRIVES_AFTER] = arrives;
    const remoteHandle = rows.ints[at + REMOTE_HANDLE] as number;
    const number = rows.ints[at + NUMBER] as number;
    this.queue.push(arrives, BLOCK_ARRIVES, remoteHandle, number, remote, value);
  }

  /** Bytes of control messages that `peer` sent, headers included. */
  controlBytes(peer: number): number {
    return this.access[ACCESS * peer + CONTROL] as number;
  }

  /** Length in bytes of the block behind an event's value: its index, or the complement of that when it is corrupt. */
  lengthOf(value: number): number {
    const index = value < 0 ? ~value : value;
    const piece = Math.floor(index / this.geometry.blocksPerPiece);
    return this.geometry.lengthOfBlock(piece, index - piece * this.geometry.blocksPerPiece);
  }

  ticket(): number {
    return this.nextTicket++;
  }

  /** What a block of `length` bytes costs on a link. */
  private blockBytes(length: number): number {
    return length === this.geometry.lengthOfBlock(0, 0)
      ? this.fullBlockBytes
      : blockLinkBytes(this.spec, length);
  }
}
