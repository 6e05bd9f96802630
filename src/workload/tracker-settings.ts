import type { TrackerSpec } from "../scenario/scenario.ts";
import type { TrackerSettings } from "../tracker/settings.ts";

/** Clients have a least interval of their own (libtorrent min_announce_interval: 5 min), whatever a tracker says. */
const LEAST_CLIENT_INTERVAL = 300_000;

/** The tracker of a run, as its scenario has it. */
export function trackerSettings({ numwant, interval, minInterval }: TrackerSpec): TrackerSettings {
  return {
    interval,
    minInterval,
    // As 45 min to 30 min in mainline 4.x's tracker and in opentracker.
    peerTimeout: 1.5 * Math.max(interval, minInterval, LEAST_CLIENT_INTERVAL),
    numwant,
    maxNumwant: numwant,
    seedersToSeeders: false,
    // The scenario says how many peers come.
    maxPeers: Number.POSITIVE_INFINITY,
    maxSwarms: 1,
  };
}
