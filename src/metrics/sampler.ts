import type { AvailabilityRow, SampleRow } from "./results.ts";

/** What links of a class carry at most, over time. Rates in bytes per ms, Infinity for a link without limit. */
class Capacity {
  private rate = 0;
  /** Links that are no limit; these are not in `rate`. */
  private unlimited = 0;
  /** Integrated over time since the last sample, in bytes. */
  private bytes = 0;
  /** A link that is no limit was there since the last sample. */
  private wasUnlimited = false;

  add(rate: number): void {
    if (rate < Number.POSITIVE_INFINITY) this.rate += rate;
    else this.unlimited++;
  }

  remove(rate: number): void {
    if (rate < Number.POSITIVE_INFINITY) this.rate -= rate;
    else this.unlimited--;
  }

  /** With nobody there it is none, whatever the rounding of many differences left. */
  clear(): void {
    this.rate = 0;
  }

  count(span: number): void {
    this.bytes += span * this.rate;
    if (span > 0 && this.unlimited > 0) this.wasUnlimited = true;
  }

  /** The share of it that `bytes` are; null where there is none, or no end of it. Counts anew from here on. */
  used(bytes: number): number | null {
    const share = this.wasUnlimited || this.bytes <= 0 ? null : bytes / this.bytes;
    this.bytes = 0;
    this.wasUnlimited = false;
    return share;
  }
}

/** Who of one class is in the swarm, and what their links carry. */
class ClassCount {
  leechers = 0;
  seeders = 0;
  readonly uplinks = new Capacity();
  readonly downlinks = new Capacity();
  sentBefore = 0;
  receivedBefore = 0;
  private countedAt = 0;

  count(now: number): void {
    const span = now - this.countedAt;
    this.uplinks.count(span);
    this.downlinks.count(span);
    this.countedAt = now;
  }
}

/** Turns running counts into the rows of the time series. */
export class Sampler {
  readonly samples: SampleRow[] = [];
  readonly availability: AvailabilityRow[] = [];
  private readonly names: readonly string[];
  private readonly classes: ClassCount[];
  private sampledAt = 0;

  constructor(names: readonly string[]) {
    this.names = names;
    this.classes = names.map(() => new ClassCount());
  }

  /** A peer joined; capacities in bytes per ms, Infinity where there is no limit or none is known. */
  joined(at: number, isSeeder: boolean, upload: number, download: number, now: number): void {
    const one = this.classOf(at, now);
    if (isSeeder) one.seeders++;
    else one.leechers++;
    one.uplinks.add(upload);
    one.downlinks.add(download);
  }

  /** A leecher became a seeder. Its downlink still counts: blocks that came twice keep it busy for a while. */
  completed(at: number, now: number): void {
    const one = this.classOf(at, now);
    one.leechers--;
    one.seeders++;
  }

  left(at: number, isSeeder: boolean, upload: number, download: number, now: number): void {
    const one = this.classOf(at, now);
    if (isSeeder) one.seeders--;
    else one.leechers--;
    one.uplinks.remove(upload);
    one.downlinks.remove(download);
    if (one.leechers + one.seeders > 0) return;
    one.uplinks.clear();
    one.downlinks.clear();
  }

  /**
   * One row a class, and one of availability. `received` and `sent` are bytes by class since the start. A run may end on a
   * sample: then the last rows get the final counts, so that no time comes twice.
   */
  sample(now: number, received: Float64Array, sent: Float64Array, copies: Int32Array): void {
    if (now === this.sampledAt && this.samples.length > 0) {
      this.recount();
      this.availability.splice(-1, 1, availabilityRow(now, copies));
      return;
    }
    const span = now - this.sampledAt;
    this.sampledAt = now;
    for (let at = 0; at < this.classes.length; at++) {
      const one = this.classOf(at, now);
      const gave = (sent[at] as number) - one.sentBefore;
      const got = (received[at] as number) - one.receivedBefore;
      one.sentBefore = sent[at] as number;
      one.receivedBefore = received[at] as number;
      this.samples.push({
        timeSeconds: now / 1000,
        class: this.names[at] as string,
        leechers: one.leechers,
        seeders: one.seeders,
        downloadBytesPerSecond: span > 0 ? (got * 1000) / span : 0,
        uploadBytesPerSecond: span > 0 ? (gave * 1000) / span : 0,
        uplinkUtilisation: one.uplinks.used(gave),
        downlinkUtilisation: one.downlinks.used(got),
      });
    }
    this.availability.push(availabilityRow(now, copies));
  }

  private recount(): void {
    const rows = this.samples.splice(-this.classes.length);
    rows.forEach((row, at) => {
      const { leechers, seeders } = this.classes[at] as ClassCount;
      this.samples.push({ ...row, leechers, seeders });
    });
  }

  private classOf(at: number, now: number): ClassCount {
    const one = this.classes[at] as ClassCount;
    one.count(now);
    return one;
  }
}

function availabilityRow(now: number, copies: Int32Array): AvailabilityRow {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = 0;
  let total = 0;
  for (let piece = 0; piece < copies.length; piece++) {
    const count = copies[piece] as number;
    if (count < minimum) minimum = count;
    if (count > maximum) maximum = count;
    total += count;
  }
  return { timeSeconds: now / 1000, minimum, mean: total / copies.length, maximum };
}
