import type { Bitfield } from "../core/bitfield.ts";
import type { Clock } from "../core/clock.ts";
import type { Geometry } from "../core/geometry.ts";
import { growFloat64, growInt32, growUint8 } from "../core/grow.ts";
import type { NetworkSpec } from "../scenario/scenario.ts";
import { Downlinks } from "./downlinks.ts";
import type { EventQueue } from "./event-queue.ts";
import { BLOCK_ARRIVES, UPLINK_FREE } from "./kinds.ts";

/** BEP 3: 4 bytes length, 1 byte id, 4 bytes piece, 4 bytes begin before a block. */
const PIECE_HEADER = 13;

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
  /** By sending handle: when its last block arrives, which nothing said later may overtake. */
  arrivesAfter = new Float64Array(0);
  /** By sending handle: handle, connection number and peer of the other end, and the own peer. */
  private ends = new Int32Array(0);
  /** By peer: uplink and downlink in bytes per ms, one-way delay to the core in ms, bytes of control messages sent. */
  private access = new Float64Array(0);
  /** By peer: its uplink is sending a block. */
  private busy = new Uint8Array(0);
  readonly downlinks = new Downlinks();
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

  /** A peer with its link: bytes per ms both ways, and ms to the core. */
  join(peer: number, upload: number, download: number, delay: number): void {
    this.access = growFloat64(this.access, ACCESS * (peer + 1));
    this.busy = growUint8(this.busy, peer + 1);
    this.downlinks.join(peer);
    const at = ACCESS * peer;
    this.access[at + UPLOAD] = upload;
    this.access[at + DOWNLOAD] = download;
    this.access[at + DELAY] = delay;
  }

  isUplinkBusy(peer: number): boolean {
    return this.busy[peer] !== 0;
  }

  freeUplink(peer: number): void {
    this.busy[peer] = 0;
  }

  /** How long a block of `length` bytes takes through the downlink of `peer`. */
  downlinkSpan(peer: number, length: number): number {
    return this.blockBytes(length) / (this.access[ACCESS * peer + DOWNLOAD] as number);
  }

  /** One direction of a connection begins. */
  connect(
    handle: number,
    own: number,
    remoteHandle: number,
    remoteNumber: number,
    remote: number,
  ): void {
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
    const { ends, access } = this;
    const at = 4 * handle;
    const own = ACCESS * (ends[at + 3] as number);
    const remote = ends[at + 2] as number;
    const after = this.arrivesAfter[handle] as number;
    let arrives =
      this.clock.now +
      (access[own + DELAY] as number) +
      (access[ACCESS * remote + DELAY] as number);
    if (arrives < after) arrives = after;
    access[own + CONTROL] = (access[own + CONTROL] as number) + length + this.spec.headerBytes;
    this.queue.push(arrives, what, ends[at] as number, ends[at + 1] as number, remote, value);
  }

  /** A block of `length` bytes takes the uplink now, and goes its way. */
  send(handle: number, value: number, length: number): void {
    const { ends, access } = this;
    const { now } = this.clock;
    const at = 4 * handle;
    const ownPeer = ends[at + 3] as number;
    const remotePeer = ends[at + 2] as number;
    const own = ACCESS * ownPeer;
    const remote = ACCESS * remotePeer;
    const bytes = this.blockBytes(length);
    const sent = now + bytes / (access[own + UPLOAD] as number);
    this.busy[ownPeer] = 1;
    this.queue.push(sent, UPLINK_FREE, 0, 0, ownPeer, 0);
    // The downlink takes bytes as they come: its last one is in when both ends had time for all of them.
    const received = now + bytes / (access[remote + DOWNLOAD] as number);
    let arrives =
      (received > sent ? received : sent) +
      (access[own + DELAY] as number) +
      (access[remote + DELAY] as number);
    const after = this.arrivesAfter[handle] as number;
    if (arrives < after) arrives = after;
    this.arrivesAfter[handle] = arrives;
    const remoteHandle = ends[at] as number;
    this.queue.push(
      arrives,
      BLOCK_ARRIVES,
      remoteHandle,
      ends[at + 1] as number,
      remotePeer,
      value,
    );
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
      : this.linkBytes(length);
  }

  private linkBytes(length: number): number {
    const bytes = length + PIECE_HEADER;
    return bytes + Math.ceil(bytes / this.spec.segmentBytes) * this.spec.headerBytes;
  }
}
