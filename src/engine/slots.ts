import type { Neighbour } from "./choker.ts";
import type { SlotRule } from "./settings.ts";

/** Upload slots for an uplink of `uplink` bytes per second (Infinity: unlimited) that serves `neighbours`. */
export function uploadSlots(
  rule: SlotRule,
  uplink: number,
  neighbours: readonly Neighbour[],
): number {
  switch (rule.rule) {
    case "fixed":
      return rule.slots;
    case "mainline":
      return mainlineSlots(uplink / KILO);
    case "azureus":
      return azureusSlots(uplink / KILO);
    case "rate-based":
      return rateBasedSlots(rule.threshold, rule.step, neighbours);
  }
}

const KILO = 1024;

/** mainline 4.x `_set_auto_uploads`, rates in kB/s of 1024 bytes. */
function mainlineSlots(rate: number): number {
  if (rate === Number.POSITIVE_INFINITY) return 7;
  if (rate < 9) return 2;
  if (rate < 15) return 3;
  if (rate < 42) return 4;
  return Math.floor(Math.sqrt(rate * 0.6));
}

/** Below so many kB/s of 1024 bytes, so many slots (Azureus's recommendation, `TyrantStats.active_size`). */
const AZUREUS_TABLE: readonly (readonly [below: number, slots: number])[] = [
  [11, 2],
  [35, 3],
  [80, 4],
  [200, 5],
  [350, 6],
  [600, 7],
  [900, 8],
  [Number.POSITIVE_INFINITY, 9],
];

/** Azureus's recommended number of slots for `rate` kB/s; the active set that BitTyrant expects of a peer. */
export function azureusSlots(rate: number): number {
  for (const [below, slots] of AZUREUS_TABLE) if (rate < below) return slots;
  return 9;
}

/** libtorrent: each next peer must take `step` more than the one before (`choker.cpp`), rates in bytes per second. */
function rateBasedSlots(threshold: number, step: number, neighbours: readonly Neighbour[]): number {
  const rates = neighbours.map((peer) => peer.uploadRate).sort((a, b) => b - a);
  let slots = 1;
  let needed = threshold;
  for (const rate of rates) {
    if (rate < needed) break;
    slots++;
    needed += step;
  }
  return slots;
}
