import { randomBytes } from "node:crypto";
import type { AnnounceEvent } from "../../core/announce.ts";
import type { Client } from "../../engine/client.ts";
import { peerIdOf } from "../../engine/peer-id.ts";
import { createStrategies, markOf } from "../../strategies/create.ts";
import { chanceName, type PlannedPeer } from "../../workload/plan.ts";
import type { PeerEnd } from "../../workload/run-result.ts";
import { Session } from "../session.ts";
import { TrackerSession } from "../trackers/tracker-session.ts";
import { AccessLink } from "./access-link.ts";
import type { SwarmParts } from "./swarm-parts.ts";
import type { StoreEvents, SwarmStore } from "./swarm-store.ts";

/** Everybody is here. */
const HOST = "127.0.0.1";

/** What a peer that nobody can dial says its port is: nobody listens below it, for that takes rights. */
const LAST_RESERVED_PORT = 1023;

/** One planned peer as a real one: a client with sockets and a port of its own, behind an access link of its own. */
export class LivePeer implements PeerEnd, StoreEvents {
  number = -1;
  readonly plan: PlannedPeer;
  arrivedAt = -1;
  completedAt = -1;
  leftAt = -1;
  store: SwarmStore | undefined;
  private readonly parts: SwarmParts;
  private access: AccessLink | undefined;
  private session: Session | undefined;
  private trackers: TrackerSession | undefined;
  private port = 0;
  private totals = { downloaded: 0, uploaded: 0, wasted: 0, pieces: 0, controlBytesSent: 0 };

  constructor(plan: PlannedPeer, parts: SwarmParts) {
    this.plan = plan;
    this.parts = parts;
  }

  /** Listens, and joins the swarm with `pieces`, which `store` has. `number` is what the observer hears of it as. */
  async join(number: number, store: SwarmStore, pieces: readonly number[]): Promise<void> {
    this.number = number;
    const { parts, plan } = this;
    const { clock, network, recorder } = parts;
    this.access = new AccessLink(plan.download, plan.delay, parts.spec, clock);
    const peerId = peerIdOf(`${number}`, markOf(parts.strategies, plan.class));
    parts.numbers.set(Buffer.from(peerId).toString("latin1"), number);
    const { reachable } = plan.class;
    this.session = this.newSession(peerId, store, pieces);
    if (reachable) await this.session.listen();
    this.port = reachable ? this.session.switchboard.port : 1 + (number % LAST_RESERVED_PORT);
    network.add(this.port, plan.delay, !reachable);
    this.trackers = this.newTrackers(peerId);
    clock.tick();
    this.arrivedAt = clock.now;
    recorder.came(number, plan.classIndex, plan.class.name, pieces);
    this.session.start();
  }

  /** Leaves and says so. Resolves when its sockets are closed. */
  async leave(): Promise<void> {
    this.settle();
    await this.session?.stop();
    this.access?.close();
    await this.trackers?.stop();
    await this.store?.close();
  }

  /** Is gone without a word: its connections stay open, and nothing comes over them. */
  async crash(): Promise<void> {
    this.settle();
    this.parts.network.silence(this.port);
    this.session?.freeze();
    this.trackers?.abandon();
    await this.store?.close();
  }

  /** The run is over: from here on nothing happens. */
  freeze(): void {
    if (this.leftAt >= 0) return;
    this.settle();
    this.session?.freeze();
    this.trackers?.abandon();
  }

  /** Gives everything back that it has of the system. */
  async close(): Promise<void> {
    this.freeze();
    this.trackers?.abandon();
    await this.session?.stop();
    this.access?.close();
    await this.store?.close();
  }

  get hasAll(): boolean {
    return this.client?.pieces.have.isComplete === true;
  }

  /** Pieces that it has now. */
  *held(): Iterable<number> {
    const have = this.client?.pieces.have;
    if (have === undefined) return;
    for (let piece = have.next(0); piece >= 0; piece = have.next(piece + 1)) yield piece;
  }

  get downloaded(): number {
    return this.totals.downloaded;
  }

  get uploaded(): number {
    return this.totals.uploaded;
  }

  get wasted(): number {
    return this.totals.wasted;
  }

  get pieces(): number {
    return this.totals.pieces;
  }

  get controlBytesSent(): number {
    return this.totals.controlBytesSent;
  }

  // What its store tells

  onVerified(piece: number, isRight: boolean): void {
    this.session?.pieceVerified(piece, isRight);
  }

  onDrained(): void {
    this.session?.storeDrained();
  }

  onFailure(error: unknown): void {
    this.parts.failed(error);
  }

  private get client(): Client | undefined {
    return this.session?.client;
  }

  /** Keeps what its client came to. */
  private settle(): void {
    const { client, access } = this;
    if (client === undefined || access === undefined) return;
    const { downloaded, uploaded, downloads, pieces } = client;
    const { wasted } = downloads;
    const { controlBytes } = access;
    const { count } = pieces.have;
    this.totals = { downloaded, uploaded, wasted, pieces: count, controlBytesSent: controlBytes };
  }

  private newSession(peerId: Uint8Array, store: SwarmStore, pieces: readonly number[]): Session {
    const { parts, plan, number, access } = this;
    const { clock, seeds, strategies, watch, content, numbers } = parts;
    const name = chanceName(plan);
    const owner = { peer: `${plan.class.name}/${plan.index}`, clock, watch };
    return new Session({
      number,
      firstRemote: parts.firstRemote,
      host: HOST,
      port: 0,
      dial: parts.network.dialFrom(plan.delay),
      ...(access && { access }),
      infohash: content.metainfo.infohash,
      peerId,
      clientName: "Swarmlab",
      geometry: content.geometry,
      pieces,
      settings: plan.class.settings,
      strategies: createStrategies(strategies, plan.class, owner),
      uplink: plan.upload * 1000,
      downlink: Number.POSITIVE_INFINITY, // the access link has it
      clock,
      random: {
        choker: seeds.stream(`choker/${name}`),
        picker: seeds.stream(`picker/${name}`),
        peers: seeds.stream(`peers/${name}`),
      },
      store,
      observer: parts.recorder,
      announce: (event, wanted) => this.announce(event, wanted),
      numberOf: (id) => numbers.get(Buffer.from(id).toString("latin1")),
      log: (text) => parts.log(`${owner.peer}: ${text}`),
      failed: (error) => parts.failed(error),
    });
  }

  private announce(event: AnnounceEvent, wanted: number): void {
    this.trackers?.announce(event, wanted);
  }

  private newTrackers(peerId: Uint8Array): TrackerSession {
    const { parts, plan, number } = this;
    const { clock, seeds, content, recorder } = parts;
    return new TrackerSession({
      tiers: [[parts.tracker.url]],
      client: parts.tracker.clientFor(plan.delay),
      clock,
      random: seeds.stream(`announcer/${chanceName(plan)}`),
      settings: plan.class.settings,
      identity: {
        infohash: content.metainfo.infohash,
        peerId,
        port: this.port,
        host: HOST,
        key: randomBytes(4).readUInt32BE(),
      },
      progress: () => this.progress(),
      wanted: () => this.client?.peers.wanted ?? 0,
      onPeers: (endpoints) => this.session?.peersFound(endpoints),
      onAnnounced: (event, wanted) => recorder.announced(number, event, wanted),
      log: (_, message) => parts.log(`${plan.class.name}/${plan.index}: tracker: ${message}`),
    });
  }

  private progress() {
    const { size, pieceLength } = this.parts.content.geometry;
    const { client } = this;
    const have = client?.pieces.have.count ?? 0;
    return {
      uploaded: client?.uploaded ?? 0,
      downloaded: client?.downloaded ?? 0,
      // What it lacks, within a piece: exactly 0 when it lacks none.
      left: Math.max(0, size - have * pieceLength),
    };
  }
}
