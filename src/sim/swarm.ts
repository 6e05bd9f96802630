import type { Clock } from "../core/clock.ts";
import type { Geometry } from "../core/geometry.ts";
import { Arenas } from "../engine/arenas.ts";
import type { Connection } from "../engine/connection.ts";
import type { Block } from "../wire/messages.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { EventQueue } from "./event-queue.ts";
import * as kind from "./kinds.ts";
import { Link } from "./link.ts";
import { Network } from "./network.ts";
import { Seeds } from "./seeds.ts";
import type { SimPeer } from "./sim-peer.ts";
import { SLOT_RUN, SlotPool } from "./slot-pool.ts";
import { Tracking } from "./tracking.ts";

/** The peers of a run and the connections between them: dialling, hanging up, and which slot is whose. */
export class Swarm {
  readonly clock: Clock;
  readonly queue = new EventQueue();
  readonly seeds: Seeds;
  readonly arenas: Arenas;
  readonly network: Network;
  readonly peers: SimPeer[] = [];
  /** By slot: each end of each connection, and what it says to the other end. */
  readonly connections: (Connection | undefined)[] = [];
  readonly links: (Link | undefined)[] = [];
  readonly tracking: Tracking;
  private readonly slots = new SlotPool();
  private readonly dials = new Map<number, Link>();
  private lastNumber = 0;
  private readonly fullBlock: Block;
  private readonly lastBlock: Block;

  constructor(scenario: Scenario, clock: Clock, geometry: Geometry) {
    this.clock = clock;
    this.seeds = new Seeds(scenario.seed);
    this.arenas = new Arenas(geometry);
    this.network = new Network(this.queue, clock, geometry, scenario.network);
    this.tracking = new Tracking(this, scenario.tracker);
    const last = geometry.pieceCount - 1;
    const lastLength = geometry.lengthOfBlock(last, geometry.blocksOfPiece(last) - 1);
    const hasBytes = scenario.wire === "bytes";
    this.fullBlock = emptyBlock(geometry.lengthOfBlock(0, 0), hasBytes);
    this.lastBlock = emptyBlock(lastLength, hasBytes);
  }

  block(length: number): Block {
    return length === this.fullBlock.length ? this.fullBlock : this.lastBlock;
  }

  /** A SYN on its way. */
  dial(own: SimPeer, address: number): void {
    const remote = this.peers[address] as SimPeer;
    const arrives = this.clock.now + own.delay + remote.delay;
    this.queue.push(arrives, kind.DIAL, 0, 0, remote.number, own.number);
  }

  /** The SYN is there: both ends get their slots, or the dial fails. */
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
    const ownEnd = { slot: this.takeSlot(own), number: ++this.lastNumber };
    const remoteEnd = { slot: this.takeSlot(remote), number: ++this.lastNumber };
    const link = new Link(this.network, own, ownEnd.slot, remote, remoteEnd.slot, remoteEnd.number);
    const back = new Link(this.network, remote, remoteEnd.slot, own, ownEnd.slot, ownEnd.number);
    this.links[ownEnd.slot] = link;
    this.links[remoteEnd.slot] = back;
    this.connections[remoteEnd.slot] = remote.client.connected(
      remoteEnd.number,
      remoteEnd.slot,
      own.number,
      false,
      back,
    );
    const ticket = this.network.ticket();
    this.dials.set(ticket, link);
    this.queue.push(now + delay, kind.DIALLED, ownEnd.slot, ownEnd.number, own.number, ticket);
  }

  /** The SYN-ACK is back. */
  accepted(own: SimPeer, slot: number, number: number, ticket: number): void {
    const link = this.dials.get(ticket) as Link;
    this.dials.delete(ticket);
    if (own.client === undefined) {
      if (own.crashedAt < 0) link.close();
      return;
    }
    this.connections[slot] = own.client.connected(number, slot, link.remote.number, true, link);
  }

  hangUp(own: SimPeer, slot: number): void {
    (this.links[slot] as Link).close();
    this.freeSlot(own, slot);
  }

  /** The other side closed. */
  closed(own: SimPeer, connection: Connection): void {
    own.client?.disconnected(connection);
    this.freeSlot(own, connection.slot);
  }

  /** `own` is gone, and so are all its ends of connections. */
  remove(own: SimPeer): void {
    for (const first of own.slotRuns) {
      for (let slot = first; slot < first + SLOT_RUN; slot++) {
        this.connections[slot] = undefined;
        this.links[slot] = undefined;
      }
    }
    this.slots.release(own);
    own.client?.dispose();
    own.client = undefined;
  }

  private takeSlot(peer: SimPeer): number {
    const slot = this.slots.take(peer);
    while (this.connections.length < this.slots.size) {
      this.connections.push(undefined);
      this.links.push(undefined);
    }
    this.network.ensure(this.slots.size);
    this.arenas.ensure(this.slots.size);
    this.network.reset(slot);
    return slot;
  }

  private freeSlot(peer: SimPeer, slot: number): void {
    this.connections[slot] = undefined;
    this.links[slot] = undefined;
    peer.freeSlots.push(slot);
  }
}

function emptyBlock(length: number, hasBytes: boolean): Block {
  return hasBytes ? { length, bytes: new Uint8Array(length) } : { length };
}
