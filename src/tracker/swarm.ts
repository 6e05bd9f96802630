import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type {
  AnnounceAnswer,
  AnnounceRequest,
  PeerGate,
  PeerKey,
  ScrapeCounts,
} from "./announce.ts";
import { sampleIndexes } from "./sample-indexes.ts";
import type { TrackerSettings } from "./settings.ts";

/** A peer as the tracker knows it. */
interface KnownPeer<Address> {
  readonly key: PeerKey;
  address: Address;
  isSeeder: boolean;
  /** Its place among the seeders, or among the leechers. */
  index: number;
  announcedAt: number;
  /** When it was last handed peers; -Infinity: never. */
  servedAt: number;
  /** Its `completed` is counted. */
  hasCompleted: boolean;
}

/** The peers of one infohash, as a tracker knows them. An announce costs as many steps as its answer has peers. */
export class TrackerSwarm<Address> {
  /** BEP 48: peers that completed. */
  private downloaded = 0;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly settings: TrackerSettings;
  private readonly gate: PeerGate<Address> | undefined;
  /** The one that has been silent for longest comes first: every announce moves its peer to the end. */
  private readonly peers = new Map<PeerKey, KnownPeer<Address>>();
  private readonly seeders: KnownPeer<Address>[] = [];
  private readonly leechers: KnownPeer<Address>[] = [];

  constructor(
    clock: Clock,
    random: Random,
    settings: TrackerSettings,
    gate?: PeerGate<Address> | undefined,
  ) {
    this.clock = clock;
    this.random = random;
    this.settings = settings;
    this.gate = gate;
  }

  announce(request: AnnounceRequest<Address>): AnnounceAnswer<Address> {
    this.expire();
    const known = this.peers.get(request.key);
    if (request.event === "stopped") {
      if (known !== undefined) this.remove(known);
      return this.answer([], false);
    }
    const asker = known === undefined ? this.enter(request) : this.refresh(known, request);
    if (asker !== undefined && request.event === "completed" && !asker.hasCompleted) {
      asker.hasCompleted = true;
      this.downloaded++;
    }
    const isEarly =
      request.event === "none" &&
      asker !== undefined &&
      this.clock.now - asker.servedAt < this.settings.minInterval;
    return this.answer(isEarly ? [] : this.serve(asker, request), isEarly);
  }

  /** Peers for somebody who is no member: `wanted` and `left` as in an announce. */
  peersFor(wanted: number | undefined, left: number): readonly Address[] {
    this.expire();
    return this.serve(undefined, { wanted, left });
  }

  scrape(): ScrapeCounts {
    this.expire();
    return {
      complete: this.seeders.length,
      incomplete: this.leechers.length,
      downloaded: this.downloaded,
    };
  }

  /** Nobody is in it. */
  get isEmpty(): boolean {
    this.expire();
    return this.peers.size === 0;
  }

  private answer(peers: readonly Address[], isEarly: boolean): AnnounceAnswer<Address> {
    const { interval, minInterval } = this.settings;
    const complete = this.seeders.length;
    return { interval, minInterval, complete, incomplete: this.leechers.length, peers, isEarly };
  }

  /** A peer announces for the first time; undefined when there is no room for it. */
  private enter(request: AnnounceRequest<Address>): KnownPeer<Address> | undefined {
    if (this.peers.size >= this.settings.maxPeers) return undefined;
    if (this.gate !== undefined && !this.gate.enter(request.address)) return undefined;
    const peer: KnownPeer<Address> = {
      key: request.key,
      address: request.address,
      isSeeder: request.left === 0,
      index: 0,
      announcedAt: this.clock.now,
      servedAt: Number.NEGATIVE_INFINITY,
      hasCompleted: false,
    };
    this.peers.set(peer.key, peer);
    this.enlist(peer);
    return peer;
  }

  private refresh(peer: KnownPeer<Address>, request: AnnounceRequest<Address>): KnownPeer<Address> {
    this.peers.delete(peer.key);
    this.peers.set(peer.key, peer);
    peer.address = request.address;
    peer.announcedAt = this.clock.now;
    const isSeeder = request.left === 0;
    if (peer.isSeeder !== isSeeder) {
      this.delist(peer);
      peer.isSeeder = isSeeder;
      this.enlist(peer);
    }
    return peer;
  }

  private remove(peer: KnownPeer<Address>): void {
    this.peers.delete(peer.key);
    this.delist(peer);
    this.gate?.leave(peer.address);
  }

  /** Forgets the peers that have been silent for too long. */
  expire(): void {
    const oldest = this.clock.now - this.settings.peerTimeout;
    for (const peer of this.peers.values()) {
      if (peer.announcedAt > oldest) return;
      this.remove(peer);
    }
  }

  /**
   * Peers for `asker`, never itself. A periodic announce that comes before the min interval counts as a sign of life and gets
   * none. BEP 3 leaves that to the tracker: mainline's, opentracker and chihaya answer in full, others with a failure, which
   * would send the client to its other trackers.
   */
  private serve(
    asker: KnownPeer<Address> | undefined,
    { wanted, left }: Pick<AnnounceRequest<Address>, "wanted" | "left">,
  ): Address[] {
    const { settings, clock, random, seeders, leechers } = this;
    // BEP 15: -1 says nothing.
    const asked = wanted === undefined || wanted < 0 ? settings.numwant : wanted;
    const count = Math.min(asked, settings.maxNumwant);
    if (count === 0) return [];
    if (asker !== undefined) asker.servedAt = clock.now;
    // Leechers, then seeders, in one row: drawn from without building it, and without the asker's place.
    const first = leechers.length;
    const hasSeeders = left > 0 || settings.seedersToSeeders;
    const size = first + (hasSeeders ? seeders.length : 0);
    let own = size;
    if (asker !== undefined) own = asker.isSeeder ? first + asker.index : asker.index;
    const others = own < size ? size - 1 : size;
    return sampleIndexes(random, others, count).map((drawn) => {
      const at = drawn < own ? drawn : drawn + 1;
      const peer = at < first ? leechers[at] : seeders[at - first];
      return (peer as KnownPeer<Address>).address;
    });
  }

  private enlist(peer: KnownPeer<Address>): void {
    const list = peer.isSeeder ? this.seeders : this.leechers;
    peer.index = list.length;
    list.push(peer);
  }

  /** Takes `peer` off its list; the last one there moves to its place. */
  private delist(peer: KnownPeer<Address>): void {
    const list = peer.isSeeder ? this.seeders : this.leechers;
    const last = list.pop() as KnownPeer<Address>;
    if (last === peer) return;
    list[peer.index] = last;
    last.index = peer.index;
  }
}
