import type { AnnounceEvent } from "../core/announce.ts";

/** What tells a peer of a swarm from all others; the driver chooses it: peer id and address, or a number. */
export type PeerKey = string | number;

/**
 * What a peer tells a tracker (BEP 3), as far as the tracker decides by it. `Address` is what the driver needs to reach the
 * peer; the tracker only hands it on.
 */
export interface AnnounceRequest<Address> {
  readonly key: PeerKey;
  readonly address: Address;
  readonly event: AnnounceEvent;
  /** BEP 3's `numwant`; undefined when the peer does not say. */
  readonly wanted: number | undefined;
  /** Bytes that it still lacks; 0 makes it a seeder. */
  readonly left: number;
}

/** What the tracker answers. Times in ms. */
export interface AnnounceAnswer<Address> {
  readonly interval: number;
  readonly minInterval: number;
  /** Seeders and leechers that it knows, the asker among them. */
  readonly complete: number;
  readonly incomplete: number;
  readonly peers: readonly Address[];
  /** It came before the min interval, and gets no peers for that. */
  readonly isEarly: boolean;
}

/** BEP 3: `failure reason`; nothing else comes with it. */
export interface AnnounceFailure {
  readonly failure: string;
}

/** BEP 48: what a scrape tells of a swarm. `downloaded`: how many peers completed, ever. */
export interface ScrapeCounts {
  readonly complete: number;
  readonly incomplete: number;
  readonly downloaded: number;
}

/** Bounds of peers beyond those of a swarm, for a tracker that strangers announce to. */
export interface PeerGate<Address> {
  /** Whether there is room for one more peer at `address`; if so, it is taken. */
  enter(address: Address): boolean;
  /** A peer that entered is forgotten. */
  leave(address: Address): void;
}
