import type { AnnounceEvent } from "../core/announce.ts";
import type { Client } from "../engine/client.ts";
import type { TrackerSpec } from "../scenario/scenario.ts";
import type { AnnounceAnswer, AnnounceRequest, ScrapeCounts } from "../tracker/announce.ts";
import { type AnnounceOrder, Announcer, type AnnouncerPort } from "../tracker/announcer.ts";
import { TrackerSwarm } from "../tracker/swarm.ts";
import { trackerSettings } from "../workload/tracker-settings.ts";
import * as kind from "./kinds.ts";
import type { SimPeer } from "./sim-peer.ts";
import type { Swarm } from "./swarm.ts";

/** The one tracker of a run. */
const TIERS = [["tracker"]];

/** The tracker of a run, the peers' announcers, and the way between them. */
export class Tracking {
  private readonly swarm: Swarm;
  private readonly delay: number;
  private readonly tracker: TrackerSwarm<number>;
  /** By peer; undefined once it crashed, or said goodbye. */
  private readonly announcers: (PeerAnnouncer | undefined)[] = [];
  /** What is on its way, by ticket. */
  private readonly requests = new Map<number, AnnounceRequest<number>>();
  private readonly answers = new Map<number, AnnounceAnswer<number>>();

  constructor(swarm: Swarm, spec: TrackerSpec) {
    this.swarm = swarm;
    this.delay = spec.delay;
    const random = swarm.seeds.stream("tracker");
    this.tracker = new TrackerSwarm(swarm.clock, random, trackerSettings(spec));
  }

  /** The peers that the tracker knows: also crashed ones, until they expire. */
  scrape(): ScrapeCounts {
    return this.tracker.scrape();
  }

  /** The client of `peer` has something to tell, or needs peers. */
  announce(peer: SimPeer, event: AnnounceEvent, wanted: number): void {
    if (event === "started") {
      this.announcers[peer.number] = new PeerAnnouncer(this, peer, peer.client as Client);
    }
    this.announcers[peer.number]?.announcer.announce(event, wanted);
    this.release(peer);
  }

  /** A request leaves `peer`. */
  send(peer: SimPeer, { event, wanted }: AnnounceOrder): void {
    // What it still lacks, within a piece: exactly 0 when it lacks none, and the tracker asks no more of it.
    const { size, pieceLength } = this.swarm.network.geometry;
    const left = Math.max(0, size - peer.count().pieces * pieceLength);
    const ticket = this.swarm.network.ticket();
    this.requests.set(ticket, { key: peer.number, address: peer.number, event, wanted, left });
    this.travel(peer, kind.TRACKER_REQUEST, ticket);
  }

  /** It reaches the tracker, which answers at once. */
  requested(peer: SimPeer, ticket: number): void {
    const request = this.requests.get(ticket) as AnnounceRequest<number>;
    this.requests.delete(ticket);
    this.answers.set(ticket, this.tracker.announce(request));
    this.travel(peer, kind.TRACKER_RESPONSE, ticket);
  }

  /** The answer is back, if anybody is there to hear it. */
  responded(peer: SimPeer, ticket: number): void {
    const answer = this.answers.get(ticket) as AnnounceAnswer<number>;
    this.answers.delete(ticket);
    const own = this.announcers[peer.number];
    if (own === undefined) return;
    own.announcer.answered(answer);
    peer.client?.announced(answer.peers);
    this.release(peer);
  }

  wakeAt(peer: SimPeer, at: number): void {
    this.swarm.queue.push(at, kind.ANNOUNCE_TIMER, 0, 0, peer.number, 0);
  }

  timeout(peer: SimPeer): void {
    const own = this.announcers[peer.number];
    if (own === undefined || own.wakeUpAt !== this.swarm.clock.now) return;
    own.wakeUpAt = Number.POSITIVE_INFINITY;
    own.announcer.timeout();
  }

  /** `peer` crashed: the tracker is not told, and hands it out until it expires. */
  forget(peer: SimPeer): void {
    this.announcers[peer.number] = undefined;
  }

  private release(peer: SimPeer): void {
    if (this.announcers[peer.number]?.announcer.isDone === true) this.forget(peer);
  }

  private travel(peer: SimPeer, what: number, ticket: number): void {
    const { clock, queue } = this.swarm;
    queue.push(clock.now + peer.delay + this.delay, what, 0, 0, peer.number, ticket);
  }
}

/** The announcer of one peer with its driver. It outlives the client, to say goodbye. */
class PeerAnnouncer implements AnnouncerPort {
  readonly announcer: Announcer;
  wakeUpAt = Number.POSITIVE_INFINITY;
  private readonly tracking: Tracking;
  private readonly peer: SimPeer;
  private readonly client: Client;

  constructor(tracking: Tracking, peer: SimPeer, client: Client) {
    this.tracking = tracking;
    this.peer = peer;
    this.client = client;
    const { clock, random } = peer;
    this.announcer = new Announcer(TIERS, clock, random.peers, client.settings, this);
  }

  ask(_tracker: string, order: AnnounceOrder): void {
    this.client.observer.announced(this.peer.number, order.event, order.wanted);
    this.tracking.send(this.peer, order);
  }

  wakeAt(at: number): void {
    this.wakeUpAt = at;
    if (at < Number.POSITIVE_INFINITY) this.tracking.wakeAt(this.peer, at);
  }

  wanted(): number {
    return this.client.peers.wanted;
  }

  // The simulated tracker neither warns nor fails.
  warned(): void {}
  failed(): void {}
}
