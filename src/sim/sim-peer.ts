import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type { AnnounceEvent } from "../engine/announce.ts";
import type { Client } from "../engine/client.ts";
import type { Address, Host, Storage } from "../engine/host.ts";
import type { Block, Handshake } from "../wire/messages.ts";
import type { HandleOwner } from "./handle-pool.ts";
import * as kind from "./kinds.ts";
import type { Link } from "./link.ts";
import type { PlannedPeer } from "./plan.ts";
import type { Swarm } from "./swarm.ts";

/** One simulated peer: the driver of its client, its access link, and its place in the swarm. */
export class SimPeer implements Host, Storage, HandleOwner {
  readonly number: number;
  readonly plan: PlannedPeer;
  readonly handshake: Handshake;
  /** One way to the core, ms. */
  readonly delay: number;
  readonly clock: Clock;
  readonly random: { readonly choker: Random; readonly picker: Random; readonly peers: Random };
  readonly storage: Storage = this;
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
  private readonly corruption: Random | undefined;
  private readonly corruptPieces = new Set<number>();

  constructor(swarm: Swarm, number: number, plan: PlannedPeer, handshake: Handshake) {
    this.swarm = swarm;
    this.number = number;
    this.plan = plan;
    this.handshake = handshake;
    this.delay = plan.delay;
    this.clock = swarm.clock;
    this.arrivedAt = swarm.clock.now;
    const name = `${plan.class.name}/${plan.index}`;
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

  have(piece: number, handles: readonly number[]): void {
    const { network } = this.swarm;
    for (let i = 0; i < handles.length; i++) network.say(handles[i] as number, kind.HAVE, piece, 9);
  }

  dial(address: Address): void {
    this.swarm.dial(this, address);
  }

  hangUp(_connection: number, handle: number): void {
    this.swarm.hangUp(this, handle);
  }

  announce(event: AnnounceEvent, wanted: number): void {
    this.swarm.tracking.announce(this, event, wanted);
  }

  block(_piece: number, _begin: number, length: number): Block {
    return this.swarm.block(length);
  }

  verify(piece: number): void {
    const isRight = !this.corruptPieces.delete(piece);
    this.swarm.queue.push(
      this.clock.now,
      kind.VERIFIED,
      0,
      0,
      this.number,
      isRight ? piece : ~piece,
    );
  }

  // What the link needs to know

  /** Whether the next block that it sends is garbage. */
  corruptsNext(): boolean {
    return this.corruption !== undefined && this.corruption.next() < this.plan.class.corrupts;
  }

  /** A corrupt block of `piece` was stored. */
  spoil(piece: number): void {
    this.corruptPieces.add(piece);
  }

  /** Keeps what its client came to; the client goes. */
  leave(now: number): void {
    this.totals = this.count();
    this.leftAt = now;
  }

  /** Bytes of blocks downloaded (wasted ones included), uploaded and wasted, and pieces held. */
  count(): { downloaded: number; uploaded: number; wasted: number; pieces: number } {
    if (this.client === undefined) return this.totals;
    const { downloaded, uploaded, downloads, pieces } = this.client;
    return { downloaded, uploaded, wasted: downloads.wasted, pieces: pieces.have.count };
  }

  linkOf(handle: number): Link {
    return this.swarm.links[handle] as Link;
  }
}
