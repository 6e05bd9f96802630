import type { SlotRule } from "./settings.ts";

/** Upload slots for an uplink of `uplink` bytes per second (Infinity: unlimited). */
export function uploadSlots(rule: SlotRule, uplink: number): number {
  if (rule.rule === "fixed") return rule.slots;
  // mainline 4.x _set_auto_uploads, rates in kB/s of 1024 bytes
  const rate = uplink / 1024;
  if (rate === Number.POSITIVE_INFINITY) return 7;
  if (rate < 9) return 2;
  if (rate < 15) return 3;
  if (rate < 42) return 4;
  return Math.floor(Math.sqrt(rate * 0.6));
}
