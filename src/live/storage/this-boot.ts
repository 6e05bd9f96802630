import { readFileSync } from "node:fs";
import { uptime } from "node:os";

/** Seconds by which the clock may be set while a machine runs without it looking like another boot. */
const tolerance = 5;

/** What tells this run of the machine from those before: what was written but not flushed is lost between them. */
export function thisBoot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return `since ${Math.round(Date.now() / 1000 - uptime())}`;
  }
}

/** Whether the machine has not been started anew between the two. */
export function isSameBoot(a: string, b: string): boolean {
  if (a === b) return true;
  const [first, second] = [a, b].map((one) => Number(/^since (\d+)$/.exec(one)?.[1]));
  return Math.abs((first as number) - (second as number)) <= tolerance;
}
