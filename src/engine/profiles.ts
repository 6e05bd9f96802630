import type { ClientSettings, SlotRule } from "./settings.ts";

/** libtorrent 2.x `rate_based_choker` (`choker.cpp`): the first must take 1 KiB/s, each next one 2 KiB/s more. */
export const rateBasedSlots: SlotRule = { rule: "rate-based", threshold: 1024, step: 2048 };

/** More peers than a swarm of ours has. */
const everybody = 10_000;

/** The settings of a client that connects to everybody: it always lacks peers, and asks as often as the tracker allows. */
export const wholeSwarm: Partial<ClientSettings> = {
  maxConnections: everybody,
  maxInitiate: everybody,
  minPeers: everybody,
  numwant: everybody,
  maxSpares: everybody,
  reannounceInterval: 1_000, // the tracker's min interval is the bound
};

/** The reference client, 4.x (`defaultargs.py`, `Choker.py`, `Downloader.py`). */
const mainline4: ClientSettings = {
  slots: { rule: "fixed", slots: 4 }, // 4.x: 20 kB/s default limit -> 4 uploads; Legout 2006: "4 parallel uploads"
  rechokeInterval: 10_000, // BEP 3
  optimisticRounds: 3, // BEP 3: 30 s
  minUploads: 2, // 4.x min_uploads
  newPeerWeight: 3, // Cohen 2003, §3.2: new connections three times as likely
  preemptiveUnchoke: false, // 4.x Choker.interested: only who is unchoked
  snubTime: 60_000, // Cohen 2003, §3.4: over a minute (4.x source: 30 s)
  rateWindow: 20_000, // 4.x max_rate_period; BEP 3: 20-second average
  rateFudge: 5_000, // 4.x CurrentRateMeasure
  randomFirstPieces: 4, // 4.x rarest_first_cutoff; Cohen 2003, §2.4
  pipeline: { rule: "mainline", start: 10 }, // 5.x Downloader
  parole: false, // 4.x bans who supplied all of a bad piece, and knows of no other remedy
  snubbedRequests: 1, // libtorrent: a snubbed peer gets a queue of one
  uploadQueueLimit: 250, // libtorrent max_allowed_in_request_queue's order; 4.x keeps no bound
  paceBurst: 250, // ours: two blocks at 1 Mbit/s
  maxRequestLength: 131_072, // BEP 3: clients close on requests above 2^17
  maxConnections: 80, // 4.x max_allow_in
  maxInitiate: 60, // 4.x max_initiate
  minPeers: 20, // 4.x min_peers
  reannounceInterval: 300_000, // 4.x rerequest_interval
  numwant: 50, // BEP 3
  announceRetryMin: 50_000, // 4.x Rerequester._fail
  announceRetryMax: 1_800_000, // 4.x max_announce_retry_interval
  announceRetryGrowth: 1.5, // 4.x: 1.4 to 1.6
  dialTimeout: 30_000,
  handshakeTimeout: 30_000, // 4.x handshake within the first keep-alive sweep
  keepAliveInterval: 120_000, // BEP 3: two minutes
  idleTimeout: 300_000, // 4.x timeout
  maxSpares: 200,
};

/** Azureus 2.5: 4 upload slots, the same rounds; wider view (Piatek 2007, §4.3: 50-100 connections). */
const azureus25: ClientSettings = {
  ...mainline4,
  minUploads: 1,
  newPeerWeight: 1,
  maxConnections: 100,
  maxInitiate: 100,
};

/** libtorrent 2.x (`settings_pack.cpp`). */
const libtorrent2: ClientSettings = {
  ...mainline4,
  slots: { rule: "fixed", slots: 8 }, // unchoke_slots_limit
  rechokeInterval: 15_000, // unchoke_interval
  optimisticRounds: 2, // optimistic_unchoke_interval 30 s
  minUploads: 1,
  newPeerWeight: 1, // longest waiting first, not weighted
  preemptiveUnchoke: true, // session_impl::preemptive_unchoke
  parole: true, // use_parole_mode
  pipeline: { rule: "seconds", seconds: 3, min: 2, max: 500 }, // request_queue_time, max_out_request_queue
  uploadQueueLimit: 2_000, // max_allowed_in_request_queue
  maxConnections: 200, // connections_limit
  maxInitiate: 200,
  numwant: 200,
  announceRetryMin: 17_500, // announce_entry.cpp: 5 s x (1 + 2.5 n^2), n failures
  announceRetryMax: 3_600_000, // tracker_retry_delay_max
  announceRetryGrowth: 2, // ours: near n^2 for the first five failures
  handshakeTimeout: 10_000, // handshake_timeout
  idleTimeout: 120_000, // peer_timeout
  keepAliveInterval: 60_000,
};

/** Transmission 3.x: optimistic unchoke kept for 4 rounds of 10 s, new peers three times in the lottery (peer-mgr.c). */
const transmission3: ClientSettings = {
  ...mainline4,
  slots: { rule: "fixed", slots: 14 }, // upload-slots-per-torrent
  optimisticRounds: 4,
  minUploads: 1,
  maxConnections: 50, // peer-limit-per-torrent
  maxInitiate: 50,
  numwant: 80,
  announceRetryMin: 20_000, // announcer.c: 20 s, 5 min, 15 min, 30 min, 1 h, then 2 h
  announceRetryMax: 7_200_000,
  announceRetryGrowth: 3, // ours: near those steps
};

/** Client profiles by name. A peer class chooses one and may override any setting of it. */
export const profiles = {
  "mainline-4": mainline4,
  "azureus-2.5": azureus25,
  "libtorrent-2": libtorrent2,
  "transmission-3": transmission3,
} as const satisfies Record<string, ClientSettings>;

export type ProfileName = keyof typeof profiles;
export const defaultProfile: ProfileName = "mainline-4";

/**
 * The choker that takes over when a client of the profile seeds and its own serves leechers only. Azureus's own rule (send
 * rate and least sent, every 30 s) is not among them; ranking by upload rate is its nearest relative.
 */
export const profileSeedChokers: Readonly<Record<ProfileName, string>> = {
  "mainline-4": "new-seed",
  "azureus-2.5": "azureus-seed",
  "libtorrent-2": "round-robin", // settings_pack: seed_choking_algorithm
  "transmission-3": "old-seed", // peer-mgr.c: by upload rate when done
};
