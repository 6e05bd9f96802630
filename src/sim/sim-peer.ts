import type { AnnounceEvent } from "../core/announce.ts";
import { AssertionError } from "../core/assert.ts";
import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type { Client } from "../engine/client.ts";
import type { Address, Host } from "../engine/host.ts";
import type { Handshake } from "../wire/messages.ts";
import { chanceName, type PlannedPeer } from "../workload/plan.ts";
import type { HandleOwner } from "./handle-pool.ts";
import * as kind from "./kinds.ts";
import { Links } from "./links.ts";
import type { SimStorage } from "./sim-storage.ts";
import type { Swarm } from "./swarm.ts";

const gone: Random = {
  next() {
    throw new AssertionError("a peer that has left draws no more");
  },
};
const noChance = { choker: gone, picker: gone, peers: gone };

/** One simulated peer: the driver of its client, its access link, and its place in the swarm. */
export class SimPeer implements Host, HandleOwner {
  readonly number: number;
  readonly plan: PlannedPeer;
  readonly handshake: Handshake;
  /** One way to the core, ms. */
  readonly delay: number;
  readonly clock: Clock;
  random: { readonly choker: Random; readonly picker: Random; readonly peers: Random };
  readonly storage: SimStorage;
  readonly out: Links;
  readonly freeHandles: number[] = [];
  readonly handleRuns: number[] = [];
  /** Undefined before arrival and after departure. */
  client: Client | undefined = undefined;
  /** When it crashed, or -1. */
  crashedAt = -1;
  completedAt = -1;
  leftAt = -1;
  /** When a paced upload was promised another try, or -1. */
  uplinkReadyAt = -1;
  timerAt = 0;
  /** What its client came to, once it left. */
  private totals = { downloaded: 0, uploaded: 0, wasted: 0, pieces: 0 };
  readonly arrivedAt: number;
  private readonly swarm: Swarm;
  private corruption: Random | undefined;

  constructor(swarm: Swarm, number: number, plan: PlannedPeer, handshake: Handshake) {
    this.swarm = swarm;
    this.number = number;
    this.plan = plan;
    this.handshake = handshake;
    this.delay = plan.delay;
    this.clock = swarm.clock;
    this.out = new Links(swarm, this);
    this.storage = swarm.storage;
    this.arrivedAt = swarm.clock.now;
    const name = chanceName(plan);
    this.random = {
      choker: swarm.seeds.stream(`choker/${name}`),
      picker: swarm.seeds.stream(`picker/${name}`),
      peers: swarm.seeds.stream(`peers/${name}`),
    };
    this.corruption =
      plan.class.corrupts > 0 ? swarm.seeds.stream(`corruption/${name}`) : undefined;
  }

  // What the client asks of its host

  wakeAt(at: number): void {
    this.timerAt = at;
    this.swarm.queue.push(at, kind.TIMER, 0, 0, this.number, 0);
  }

  dial(address: Address): void {
    this.swarm.dial(this, address);
  }

  announce(event: AnnounceEvent, wanted: number): void {
    this.swarm.tracking.announce(this, event, wanted);
  }

  // What the link needs to know

  /** Whether the next block that it sends is garbage. */
  corruptsNext(): boolean {
    return this.corruption !== undefined && this.corruption.next() < this.plan.class.corrupts;
  }

  /** Keeps what its client came to; the client goes. A run may have many who left: they keep as little as can be. */
  leave(now: number): void {
    this.totals = this.count();
    this.leftAt = now;
    this.random = noChance;
    this.corruption = undefined;
  }

  /** Bytes of blocks downloaded (wasted ones included), uploaded and wasted, and pieces held. */
  count(): { downloaded: number; uploaded: number; wasted: number; pieces: number } {
    if (this.client === undefined) return this.totals;
    const { downloaded, uploaded, downloads, pieces } = this.client;
    return { downloaded, uploaded, wasted: downloads.wasted, pieces: pieces.have.count };
  }
}
