import { type Random, shuffle } from "../core/random.ts";

/** What a client knows of one of its trackers. */
export interface TrackerRecord {
  readonly url: string;
  /** It answered `started`, and was not told `stopped`: it hands us to others. */
  knowsUs: boolean;
  /** BEP 3's companion `tracker id`: what it wants to hear back. */
  trackerId: Uint8Array | undefined;
  /** It is not asked before (ms; BEP 31). */
  retryAt: number;
}

/**
 * BEP 12: tiers are tried in order, a tier's trackers in an order that is drawn once, and one that answers moves to the front
 * of its tier. Every announce begins with the first again.
 */
export class Tiers {
  private readonly tiers: readonly TrackerRecord[][];
  private tier = 0;
  private place = 0;

  constructor(tiers: readonly (readonly string[])[], random: Random) {
    const seen = new Set<string>();
    this.tiers = tiers
      .map((urls) => {
        // A tracker named twice would be told everything twice.
        const fresh = [...new Set(urls)].filter((url) => !seen.has(url));
        for (const url of fresh) seen.add(url);
        return shuffle(random, fresh).map((url) => newRecord(url));
      })
      .filter((tier) => tier.length > 0);
  }

  /** The tracker whose turn it is; undefined when none is left, or there are none at all. */
  get current(): TrackerRecord | undefined {
    return this.tiers[this.tier]?.[this.place];
  }

  /** A new announce begins, at `now` (ms). */
  restart(now: number): void {
    this.tier = 0;
    this.place = 0;
    this.passOver(now);
  }

  /** The current tracker failed: it is the next one's turn. */
  advance(now: number): void {
    this.place++;
    this.passOver(now);
  }

  /** When the first of them may be asked (ms): Infinity if none ever may, or there are none. */
  get openAt(): number {
    return Math.min(...this.tiers.flat().map(({ retryAt }) => retryAt));
  }

  /** Goes on to a tracker that may be asked, if there is one. */
  private passOver(now: number): void {
    for (; this.tier < this.tiers.length; this.tier++, this.place = 0) {
      const tier = this.tiers[this.tier] as readonly TrackerRecord[];
      for (; this.place < tier.length; this.place++) {
        if ((this.current as TrackerRecord).retryAt <= now) return;
      }
    }
  }

  /** The current tracker answered. */
  promote(): void {
    const tier = this.tiers[this.tier];
    const record = this.current;
    if (tier === undefined || record === undefined) return;
    tier.splice(this.place, 1);
    tier.unshift(record);
    this.place = 0;
  }

  /** The first tracker that still hands us to others. */
  get knowing(): TrackerRecord | undefined {
    return this.tiers.flat().find((record) => record.knowsUs);
  }
}

function newRecord(url: string): TrackerRecord {
  return { url, knowsUs: false, trackerId: undefined, retryAt: 0 };
}
