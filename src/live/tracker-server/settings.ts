import { defaultTrackerSettings, type TrackerSettings } from "../../tracker/settings.ts";

/** How a tracker behaves, and what strangers can make it spend. Times in ms. */
export interface TrackerServerSettings extends TrackerSettings {
  /** Peers kept in all. */
  readonly maxAllPeers: number;
  /** Peers kept that announced from one address: a place of IPv4, or a /64 of IPv6. */
  readonly maxPeersPerAddress: number;
  /** Announces and scrapes of one address: in a second on the average, and at once after a rest. */
  readonly requestRate: number;
  readonly requestBurst: number;
  /** Addresses whose requests are counted; the one counted first makes room for a new one. */
  readonly maxAddresses: number;
  /** HTTP connections in all, and from one address. */
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  /** In this time an HTTP request must be in. */
  readonly requestTimeout: number;
}

export const defaultTrackerServerSettings: TrackerServerSettings = {
  ...defaultTrackerSettings,
  // Ours, all of these: room for a class behind one address, and a bound for whoever is no class.
  maxAllPeers: 500_000, // some 200 MB
  maxPeersPerAddress: 2_000,
  requestRate: 50,
  requestBurst: 1_000,
  maxAddresses: 100_000,
  maxConnections: 4_000,
  maxConnectionsPerAddress: 500,
  requestTimeout: 10_000,
};

/** The rest of the times for a tracker that clients are to ask every `interval` ms. */
export function settingsFor(interval: number): Partial<TrackerServerSettings> {
  return {
    interval,
    minInterval: interval / 2, // as opentracker
    peerTimeout: PATIENCE * Math.max(interval, LEAST_CLIENT_INTERVAL),
  };
}

/** 45 min to 30 min in mainline 4.x's tracker and in opentracker. */
const PATIENCE = 1.5;

/** Whatever a tracker says, libtorrent does not come sooner (min_announce_interval: 5 min). */
const LEAST_CLIENT_INTERVAL = 300_000;
