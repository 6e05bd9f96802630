import type { PipelineRule } from "../engine/settings.ts";
import type { Complain } from "./check.ts";
import { formatQuantity } from "./format-units.ts";
import type { PeerClass, Scenario } from "./scenario.ts";

/** Whether the settings of a class fit together, and with those of the peers it meets. */
export function checkSettings(one: PeerClass, { peers }: Scenario, complain: Complain): void {
  const { settings } = one;
  const { maxInitiate, maxConnections, minPeers, keepAliveInterval, idleTimeout } = settings;
  const reach = Math.min(maxInitiate, maxConnections);
  if (minPeers > reach) {
    const limit = maxInitiate <= maxConnections ? "maxInitiate" : "maxConnections";
    complain(
      "settings.minPeers",
      `is ${minPeers}, and more than ${limit} (${reach}): it would ask the tracker again and again`,
      `Write minPeers: ${reach} or less`,
    );
  }
  if (keepAliveInterval >= idleTimeout) {
    complain(
      "settings.keepAliveInterval",
      `is ${time(keepAliveInterval)}, and not shorter than idleTimeout (${time(idleTimeout)}): idle connections would close`,
    );
  }
  const leechers = peers.filter(({ role }) => role === "leecher");
  const asker = leechers.find((other) => leastRequests(other.settings.pipeline) > limitOf(one));
  if (asker !== undefined) {
    complain(
      "settings.uploadQueueLimit",
      `is ${limitOf(one)}, and peers of class ${asker.name} keep ${leastRequests(asker.settings.pipeline)} requests in flight: the rest would be dropped`,
      "Make it larger, or their pipeline smaller",
    );
  }
}

function limitOf({ settings }: PeerClass): number {
  return settings.uploadQueueLimit;
}

/** So many requests come at once, however slow the link. */
function leastRequests(pipeline: PipelineRule): number {
  switch (pipeline.rule) {
    case "fixed":
      return pipeline.requests;
    case "mainline":
      return pipeline.start;
    case "seconds":
      return pipeline.min;
  }
}

function time(value: number): string {
  return formatQuantity("duration", value);
}
