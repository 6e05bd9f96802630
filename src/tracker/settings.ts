/** Every constant of a tracker's behaviour. Times in milliseconds. */
export interface TrackerSettings {
  /** What it tells peers to wait between announces, and the least. */
  readonly interval: number;
  readonly minInterval: number;
  /** A peer that did not announce for so long is forgotten. */
  readonly peerTimeout: number;
  /** Peers in an answer to who does not say how many, and in any answer. */
  readonly numwant: number;
  readonly maxNumwant: number;
  /** Whether a seeder hears of other seeders, with whom it can do nothing. */
  readonly seedersToSeeders: boolean;
  /** Peers kept of a swarm: a further one is answered, and not handed to others. */
  readonly maxPeers: number;
  /** Infohashes kept. */
  readonly maxSwarms: number;
}

export const defaultTrackerSettings: TrackerSettings = {
  interval: 1_800_000, // mainline 4.x reannounce_interval, opentracker: 30 min
  minInterval: 300_000, // mainline 4.x clients ask no sooner (rerequest_interval); opentracker: half the interval
  peerTimeout: 2_700_000, // mainline 4.x timeout_downloaders_interval, opentracker OT_PEER_TIMEOUT: 45 min
  numwant: 50, // BEP 3
  maxNumwant: 200, // opentracker OT_MAX_PEERS_UDP4
  seedersToSeeders: false, // as mainline 4.x's and chihaya's trackers
  maxPeers: 100_000, // ours: some 20 MB
  maxSwarms: 10_000, // ours
};
