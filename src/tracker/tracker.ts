import { bytesToHex } from "../core/bytes.ts";
import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type { AnnounceAnswer, AnnounceFailure, AnnounceRequest, ScrapeCounts } from "./announce.ts";
import { defaultTrackerSettings, type TrackerSettings } from "./settings.ts";
import { TrackerSwarm } from "./swarm.ts";

/** A tracker open to every infohash. It does nothing by itself: a driver hands it announces, and sends its answers. */
export class Tracker<Address> {
  readonly settings: TrackerSettings;
  private readonly clock: Clock;
  private readonly random: Random;
  /** By infohash in hexadecimal; the one announced to longest ago comes first. */
  private readonly swarms = new Map<string, TrackerSwarm<Address>>();

  constructor(clock: Clock, random: Random, settings: Partial<TrackerSettings> = {}) {
    this.clock = clock;
    this.random = random;
    this.settings = { ...defaultTrackerSettings, ...settings };
  }

  announce(
    infohash: Uint8Array,
    request: AnnounceRequest<Address>,
  ): AnnounceAnswer<Address> | AnnounceFailure {
    const name = bytesToHex(infohash);
    const known = this.swarms.get(name);
    const swarm = known ?? new TrackerSwarm<Address>(this.clock, this.random, this.settings);
    // Who leaves an infohash that nobody shares must not start one.
    if (known === undefined && request.event !== "stopped") {
      if (!this.makeRoom()) return { failure: "this tracker has as many torrents as it can take" };
      this.swarms.set(name, swarm);
    } else if (known !== undefined) {
      this.swarms.delete(name);
      this.swarms.set(name, known);
    }
    return swarm.announce(request);
  }

  /** BEP 48; undefined for an infohash that nobody announced. */
  scrape(infohash: Uint8Array): ScrapeCounts | undefined {
    return this.swarms.get(bytesToHex(infohash))?.scrape();
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
