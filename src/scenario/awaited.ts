import type { PeerClass, StopSpec } from "./scenario.ts";

/** Whether the run waits for the leechers of a class to complete or to leave; one that ends by time may be said to wait for all. */
export function isAwaited({ role, name, mix }: PeerClass, { when }: StopSpec): boolean {
  if (role === "seeder") return false;
  if (typeof when === "string") return true;
  return when.complete.includes(name) || when.complete.includes(mix?.population ?? name);
}
