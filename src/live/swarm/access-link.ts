import type { Socket } from "node:net";
import type { NetworkSpec } from "../../scenario/scenario.ts";
import { blockLinkBytes, linkBytes } from "../../workload/link-bytes.ts";
import { Alarm } from "../alarm.ts";
import type { LiveClock } from "../live-clock.ts";
import { AccessSocket } from "./access-socket.ts";

/** Bytes that may wait for the delay and in the downlink; above it sockets are not read. */
const MOST_HELD = 16_777_216;

/** Something that came over a socket: bytes, or its end. */
interface Arrival {
  readonly socket: AccessSocket;
  readonly chunk: Buffer | undefined;
  /** When it is at the downlink (ms). */
  readonly dueAt: number;
}

/**
 * The link of a peer to the network as scenarios have it (docs/model.md), made of sockets that have none: what the peer says
 * takes its delay, what it hears takes its delay and then its downlink. The uplink is the session's, at `blockBytes` a block.
 */
export class AccessLink {
  /** One way, in ms. */
  readonly delay: number;
  readonly clock: LiveClock;
  /** Bytes written in all, and of blocks with their headers of BEP 3. */
  written = 0;
  writtenOfBlocks = 0;
  /** Bytes per ms. */
  private readonly download: number;
  private readonly spec: NetworkSpec;
  private readonly sockets = new Set<AccessSocket>();
  private readonly arrivals: Arrival[] = [];
  private readonly alarm: Alarm;
  private held = 0;
  private freeAt = 0;
  private isDelivering = false;

  /** `download` in bytes per ms, `delay` in ms. */
  constructor(download: number, delay: number, spec: NetworkSpec, clock: LiveClock) {
    this.download = download;
    this.delay = delay;
    this.spec = spec;
    this.clock = clock;
    this.alarm = new Alarm(clock, () => this.deliver());
  }

  /** `socket` behind this link. */
  wrap(socket: Socket): AccessSocket {
    const wrapped = new AccessSocket(this, socket);
    this.sockets.add(wrapped);
    return wrapped;
  }

  /** What a block of `length` bytes costs on the link. */
  blockBytes(length: number): number {
    return blockLinkBytes(this.spec, length);
  }

  /** Bytes of control messages that were said, without headers of TCP and IP. */
  get controlBytes(): number {
    return this.written - this.writtenOfBlocks;
  }

  get isFull(): boolean {
    return this.held >= MOST_HELD;
  }

  /** Nothing comes over it any more. */
  close(): void {
    this.alarm.clear();
    this.arrivals.length = 0;
  }

  // What its sockets tell

  came(socket: AccessSocket, chunk: Buffer | undefined): void {
    this.clock.tick();
    this.held += chunk?.length ?? 0;
    this.arrivals.push({ socket, chunk, dueAt: this.clock.now + this.delay });
    if (this.isFull) for (const one of this.sockets) one.review();
    this.deliver();
  }

  /** A socket is read from again. */
  resumed(): void {
    this.deliver();
  }

  /** Hands on what is through, in the order in which it came; while the reader rests, all of it waits. */
  private deliver(): void {
    if (this.isDelivering) return;
    this.isDelivering = true;
    const { arrivals, clock } = this;
    const wasFull = this.isFull;
    for (let first = arrivals[0]; first !== undefined; first = arrivals[0]) {
      const { socket, chunk, dueAt } = first;
      const span = chunk === undefined ? 0 : linkBytes(this.spec, chunk.length) / this.download;
      const throughAt = Math.max(dueAt, this.freeAt + span);
      clock.tick();
      if (throughAt > clock.now) {
        this.alarm.set(throughAt);
        break;
      }
      if (socket.isPaused && chunk !== undefined) break;
      this.freeAt = throughAt;
      arrivals.shift();
      this.held -= chunk?.length ?? 0;
      if (chunk === undefined) this.sockets.delete(socket);
      socket.deliver(chunk);
    }
    this.isDelivering = false;
    if (wasFull && !this.isFull) for (const one of this.sockets) one.review();
  }
}
