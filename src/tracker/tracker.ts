import { bytesToHex } from "../core/bytes.ts";
import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type {
  AnnounceAnswer,
  AnnounceFailure,
  AnnounceRequest,
  PeerGate,
  ScrapeCounts,
} from "./announce.ts";
import { defaultTrackerSettings, type TrackerSettings } from "./settings.ts";
import { TrackerSwarm } from "./swarm.ts";

/** A tracker open to every infohash. It does nothing by itself: a driver hands it announces, and sends its answers. */
export class Tracker<Address> {
  readonly settings: TrackerSettings;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly gate: PeerGate<Address> | undefined;
  /** By infohash in hexadecimal; the one announced to longest ago comes first. */
  private readonly swarms = new Map<string, TrackerSwarm<Address>>();

  constructor(
    clock: Clock,
    random: Random,
    settings: Partial<TrackerSettings> = {},
    gate?: PeerGate<Address>,
  ) {
    this.clock = clock;
    this.random = random;
    this.gate = gate;
    this.settings = { ...defaultTrackerSettings, ...settings };
  }

  announce(
    infohash: Uint8Array,
    request: AnnounceRequest<Address>,
  ): AnnounceAnswer<Address> | AnnounceFailure {
    const name = bytesToHex(infohash);
    const known = this.swarms.get(name);
    const swarm = known ?? this.newSwarm();
    // Who leaves an infohash that nobody shares must not start one.
    if (known === undefined && request.event !== "stopped") {
      if (!this.makeRoom()) return { failure: "this tracker has as many torrents as it can take" };
      this.swarms.set(name, swarm);
    } else if (known !== undefined) {
      this.swarms.delete(name);
      this.swarms.set(name, known);
    }
    const answer = swarm.announce(request);
    // Nobody was let in.
    if (known === undefined && swarm.isEmpty) this.swarms.delete(name);
    return answer;
  }

  /** Peers of a torrent for somebody who is not in its swarm; `wanted` and `left` as in an announce. */
  peersFor(infohash: Uint8Array, wanted: number | undefined, left: number): readonly Address[] {
    return this.swarms.get(bytesToHex(infohash))?.peersFor(wanted, left) ?? [];
  }

  /** BEP 48; undefined for an infohash that nobody announced. */
  scrape(infohash: Uint8Array): ScrapeCounts | undefined {
    return this.swarms.get(bytesToHex(infohash))?.scrape();
  }

  /** What a scrape tells of each swarm, by infohash in hexadecimal. */
  *counts(): Iterable<readonly [infohash: string, counts: ScrapeCounts]> {
    for (const [name, swarm] of this.swarms) yield [name, swarm.scrape()];
  }

  /** Forgets peers that have been silent for too long, also where nobody asks any more. */
  expire(): void {
    for (const swarm of this.swarms.values()) swarm.expire();
  }

  private newSwarm(): TrackerSwarm<Address> {
    return new TrackerSwarm(this.clock, this.random, this.settings, this.gate);
  }

  /**
   * Whether one more swarm fits. An empty one is kept for its count of completions until its room is needed; one that still
   * has peers is never given up.
   */
  private makeRoom(): boolean {
    const { swarms } = this;
    if (swarms.size < this.settings.maxSwarms) return true;
    for (const [name, swarm] of swarms) {
      if (!swarm.isEmpty) continue;
      swarms.delete(name);
      return true;
    }
    return false;
  }
}
