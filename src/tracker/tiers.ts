import { type Random, shuffle } from "../core/random.ts";

/** What a client knows of one of its trackers. */
export interface TrackerRecord {
  readonly url: string;
  /** It answered `started`, and was not told `stopped`: it hands us to others. */
  knowsUs: boolean;
  /** BEP 3's companion `tracker id`: what it wants to hear back. */
  trackerId: Uint8Array | undefined;
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
        return shuffle(random, fresh).map((url) => ({ url, knowsUs: false, trackerId: undefined }));
      })
      .filter((tier) => tier.length > 0);
  }

  /** The tracker whose turn it is; undefined when none is left, or there are none at all. */
  get current(): TrackerRecord | undefined {
    return this.tiers[this.tier]?.[this.place];
  }

  /** A new announce begins. */
  restart(): void {
    this.tier = 0;
    this.place = 0;
  }

  /** The current tracker failed: it is the next one's turn. */
  advance(): void {
    this.place++;
    if (this.current !== undefined) return;
    this.place = 0;
    this.tier++;
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
