/** How many interested peers are unchoked at once. */
export type SlotRule =
  | { readonly rule: "fixed"; readonly slots: number }
  /** mainline 4.x `_set_auto_uploads`: from the uplink's kB/s. */
  | { readonly rule: "mainline" }
  /** Azureus's recommended active set (BitTyrant 1.1 `TyrantStats`): from the uplink's kB/s. */
  | { readonly rule: "azureus" }
  /** libtorrent's `rate_based_choker`: as many as take more than a rising threshold, and one more. */
  | { readonly rule: "rate-based"; readonly threshold: number; readonly step: number };

/** How many requests are kept in flight on a connection. */
export type PipelineRule =
  | { readonly rule: "fixed"; readonly requests: number }
  /** mainline 5.x: 2 + floor(4 s x rate / 16 KiB), at least `start` until 4 blocks have come, softened above 50. */
  | { readonly rule: "mainline"; readonly start: number }
  /** libtorrent: seconds x rate / 16 KiB within [min, max], grown by one a block while it starts slowly. */
  | {
      readonly rule: "seconds";
      readonly seconds: number;
      readonly min: number;
      readonly max: number;
    };

/** Every constant of a client's behaviour. Times in milliseconds. Named sets of them: `profiles.ts`. */
export interface ClientSettings {
  /** Who is unchoked. */
  readonly slots: SlotRule;
  readonly rechokeInterval: number;
  /** An optimistic unchoke lasts this many rechoke rounds. */
  readonly optimisticRounds: number;
  /** At least so many uploads, optimistic ones included, are kept going when few peers reciprocate. */
  readonly minUploads: number;
  /** A new connection is this many times as likely as another to be the next optimistic unchoke. */
  readonly newPeerWeight: number;
  /** A peer that becomes interested while a slot is free does not wait for the next round. */
  readonly preemptiveUnchoke: boolean;
  readonly snubTime: number;
  /** Rolling window of the rate meters, and what their first second is padded with. */
  readonly rateWindow: number;
  readonly rateFudge: number;

  /** Pieces chosen at random before the picker takes over. */
  readonly randomFirstPieces: number;
  readonly pipeline: PipelineRule;
  /** A piece that several peers spoilt together is then asked of one connection alone, so that the culprit is found. */
  readonly parole: boolean;
  /** Requests kept in flight on a connection whose peer is snubbed. */
  readonly snubbedRequests: number;
  /** Requests of one peer that we keep queued; more are dropped. */
  readonly uploadQueueLimit: number;
  /** A paced connection may save up this much time while the uplink serves others. */
  readonly paceBurst: number;
  /** A request for more bytes than this costs the peer its connection. */
  readonly maxRequestLength: number;

  /** Connections in all, half-open ones included. */
  readonly maxConnections: number;
  /** We dial while we have fewer connections than this. */
  readonly maxInitiate: number;
  /** With fewer connections than this we ask the tracker for more, no sooner than `reannounceInterval` after the last time. */
  readonly minPeers: number;
  readonly reannounceInterval: number;
  /** Peers asked of the tracker in one announce. */
  readonly numwant: number;
  /** Wait after all trackers failed: at first, at most, and how many times as long each time. */
  readonly announceRetryMin: number;
  readonly announceRetryMax: number;
  readonly announceRetryGrowth: number;
  readonly dialTimeout: number;
  readonly handshakeTimeout: number;
  /** Silence after which we send a keep-alive, and after which we give the peer up. */
  readonly keepAliveInterval: number;
  readonly idleTimeout: number;
  /** Addresses remembered for later dialling. */
  readonly maxSpares: number;
}
