import { Seeds } from "../chance/seeds.ts";
import type { Clock } from "../core/clock.ts";
import type { Geometry } from "../core/geometry.ts";
import { Arenas } from "../engine/arenas.ts";
import type { Connection } from "../engine/connection.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Block } from "../wire/messages.ts";
import type { PlannedPeer } from "../workload/plan.ts";
import { EventQueue } from "./event-queue.ts";
import { HANDLE_RUN, HandlePool } from "./handle-pool.ts";
import * as kind from "./kinds.ts";
import { Network } from "./network.ts";
import type { SimPeer } from "./sim-peer.ts";
import { SimStorage } from "./sim-storage.ts";
import { Tracking } from "./tracking.ts";

/** Memory is set aside for so many peers at most, and for so many runs of connections. */
const MOST_RESERVED = 65_536;

/** The peers of a run and the connections between them: dialling, hanging up, and which handle is whose. */
export class Swarm {
  readonly clock: Clock;
  readonly queue = new EventQueue();
  readonly seeds: Seeds;
  readonly arenas: Arenas;
  readonly network: Network;
  readonly peers: SimPeer[] = [];
  /** Some peer crashed: blocks on their way may have been cut off. */
  hasCrashes = false;
  readonly tracking: Tracking;
  readonly storage: SimStorage;
  private readonly handles = new HandlePool();
  private lastNumber = 0;
  private readonly hasBytes: boolean;
  private readonly fullBlock: Block;
  /** The last block of a piece may be shorter, and that of the last piece shorter still. */
  private readonly shortBlocks = new Map<number, Block>();

  constructor(scenario: Scenario, clock: Clock, geometry: Geometry) {
    this.clock = clock;
    this.seeds = new Seeds(scenario.seed);
    this.arenas = new Arenas(geometry);
    this.network = new Network(this.queue, clock, this.arenas.rows, geometry, scenario.network);
    this.storage = new SimStorage(this.queue, clock);
    this.tracking = new Tracking(this, scenario.tracker);
    this.hasBytes = scenario.wire === "bytes";
    this.fullBlock = emptyBlock(geometry.lengthOfBlock(0, 0), this.hasBytes);
  }

  /** Sets memory aside for the peers that will come, as far as is sensible. */
  reserve(planned: readonly PlannedPeer[]): void {
    const clients = Math.min(planned.length, MOST_RESERVED);
    let most = 0;
    for (const one of planned) most = Math.max(most, one.class.settings.maxConnections);
    // Handles come in runs, of which the last is seldom full.
    const each = Math.min(most, clients) + HANDLE_RUN;
    this.arenas.reserve(clients, Math.min(clients * each, MOST_RESERVED * HANDLE_RUN));
  }

  /** The uplink of a peer takes the next block when it is idle. */
  pump(peer: number): void {
    const { network, arenas, queue } = this;
    if (network.isUplinkBusy(peer)) return;
    const row = network.clientRow(peer);
    if (row < 0 || arenas.uploads.send(row)) return;
    const readyAt = arenas.uploads.readyAt(row);
    const own = this.peers[peer] as SimPeer;
    if (readyAt === Number.POSITIVE_INFINITY || readyAt === own.uplinkReadyAt) return;
    own.uplinkReadyAt = readyAt;
    queue.push(readyAt, kind.UPLINK_READY, 0, 0, peer, 0);
  }

  block(length: number): Block {
    if (length === this.fullBlock.length) return this.fullBlock;
    let block = this.shortBlocks.get(length);
    if (block === undefined) {
      block = emptyBlock(length, this.hasBytes);
      this.shortBlocks.set(length, block);
    }
    return block;
  }

  /** A SYN on its way. */
  dial(own: SimPeer, address: number): void {
    const remote = this.peers[address] as SimPeer;
    const arrives = this.clock.now + own.delay + remote.delay;
    this.queue.push(arrives, kind.DIAL, 0, 0, remote.number, own.number);
  }

  /** The SYN is there: both ends get their handles, or the dial fails. */
  dialled(remote: SimPeer, own: SimPeer): void {
    if (own.client === undefined) return;
    const delay = own.delay + remote.delay;
    const { now } = this.clock;
    if (remote.client === undefined || !remote.plan.class.reachable) {
      // A peer that left refuses at once; one that crashed or sits behind NAT never answers.
      const isSilent = remote.crashedAt >= 0 || !remote.plan.class.reachable;
      const wait = isSilent ? own.client.settings.dialTimeout - delay : delay;
      this.queue.push(now + Math.max(wait, delay), kind.DIAL_FAILED, 0, 0, own.number, 0);
      return;
    }
    if (!remote.client.peers.hasRoom) {
      this.queue.push(now + delay, kind.DIAL_FAILED, 0, 0, own.number, 0);
      return;
    }
    const { network } = this;
    const handle = this.takeHandle(own);
    const remoteHandle = this.takeHandle(remote);
    const number = ++this.lastNumber;
    network.connect(handle, remoteHandle, remote.number);
    network.connect(remoteHandle, handle, own.number);
    remote.client.connected(number, remoteHandle, own.number, false);
    this.queue.push(now + delay, kind.DIALLED, handle, number, own.number, remoteHandle);
  }

  /** The SYN-ACK is back. */
  accepted(own: SimPeer, handle: number, number: number, remoteHandle: number): void {
    if (own.client !== undefined) {
      own.client.connected(number, handle, this.arenas.cells.remote(handle), true);
      return;
    }
    if (own.crashedAt >= 0 || this.arenas.cells.number(remoteHandle) !== number) return;
    // We left while we dialled: the other side hears of it as of any end.
    const remote = this.arenas.connections[remoteHandle]?.client.number ?? 0;
    const arrives = this.clock.now + own.delay + (this.peers[remote] as SimPeer).delay;
    this.queue.push(arrives, kind.CLOSE, remoteHandle, number, remote, 0);
  }

  /** The other side closed. */
  closed(own: SimPeer, connection: Connection): void {
    own.client?.disconnected(connection);
    this.freeHandle(own, connection.handle);
  }

  /** `own` is gone, and so are all its ends of connections. */
  remove(own: SimPeer): void {
    this.handles.release(own);
    this.network.setClientRow(own.number, -1);
    this.storage.forget(own.number);
    own.client?.dispose();
    own.client = undefined;
  }

  private takeHandle(peer: SimPeer): number {
    const handle = this.handles.take(peer);
    this.arenas.ensure(this.handles.size);
    return handle;
  }

  freeHandle(peer: SimPeer, handle: number): void {
    peer.freeHandles.push(handle);
  }
}

function emptyBlock(length: number, hasBytes: boolean): Block {
  return hasBytes ? { length, bytes: new Uint8Array(length) } : { length };
}
