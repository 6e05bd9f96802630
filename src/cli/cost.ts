import type { Cost } from "../report/summary-json.ts";

/** What this process has cost so far. */
export function costSoFar(): Cost {
  const { user, system } = process.cpuUsage();
  return {
    wallSeconds: rounded(performance.now() / 1000),
    cpuSeconds: rounded((user + system) / 1e6),
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
