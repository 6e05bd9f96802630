import type { AnnounceEvent } from "../core/announce.ts";
import type { Endpoint } from "../core/endpoint.ts";

/** What a client tells a tracker (BEP 3), over HTTP and UDP alike. */
export interface AnnounceParameters {
  /** 20 bytes each. */
  readonly infohash: Uint8Array;
  readonly peerId: Uint8Array;
  /** Where it listens. */
  readonly port: number;
  /** Bytes since it started, and bytes that it still lacks. */
  readonly uploaded: number;
  readonly downloaded: number;
  readonly left: number;
  readonly event: AnnounceEvent;
  /** `numwant`; undefined leaves it to the tracker. */
  readonly wanted: number | undefined;
  /** 32 bits, the same as long as the client runs: it tells the client by them when its address changes (BEP 7, BEP 15). */
  readonly key: number | undefined;
  /** `trackerid`, as the tracker gave it. */
  readonly trackerId?: Uint8Array | undefined;
  /** An address to be handed out instead of the one that the announce comes from. Most trackers do not listen to it. */
  readonly ip?: string | undefined;
}

/** What a tracker answered to an announce. Times in ms. */
export interface TrackerAnswer {
  readonly interval: number;
  readonly minInterval: number | undefined;
  readonly trackerId: Uint8Array | undefined;
  /** For people: `warning message`. */
  readonly warning: string | undefined;
  /** Seeders and leechers, where it says. */
  readonly complete: number | undefined;
  readonly incomplete: number | undefined;
  readonly peers: readonly Endpoint[];
  /** BEP 24: the address that it knows the client by. */
  readonly externalIp: string | undefined;
}

/** Bytes of infohashes and of peer ids. */
export const ID_LENGTH = 20; // BEP 3
