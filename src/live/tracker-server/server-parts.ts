import type { AddressLimits } from "./address-limits.ts";
import type { ConnectionIds } from "./connection-ids.ts";
import type { FamilyTrackers } from "./family-trackers.ts";
import type { TrackerServerSettings } from "./settings.ts";
import type { RequestLog, TrackerStats } from "./tracker-stats.ts";

/** What both sides of a tracker work with. */
export interface ServerParts {
  readonly settings: TrackerServerSettings;
  readonly trackers: FamilyTrackers;
  readonly limits: AddressLimits;
  readonly connectionIds: ConnectionIds;
  readonly log: RequestLog;
  stats(): TrackerStats;
}
