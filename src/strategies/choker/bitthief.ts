import { wholeSwarm } from "../../engine/profiles.ts";
import type { ChokerDefinition } from "../registry.ts";
import { none } from "./none.ts";

/**
 * BitThief (Locher 2006): gives nothing, and lives on optimistic unchokes and seeders. It has as many connections as it can
 * get, and asks the tracker for more as often as that allows. Its picker, which takes any piece and tells of none, is
 * `bitthief` too.
 */
export const bitThief: ChokerDefinition = {
  name: "bitthief",
  summary:
    "Never unchokes anybody, and connects to as many peers as the tracker will name (Locher 2006).",
  settings: wholeSwarm,
  create: none.create,
};
