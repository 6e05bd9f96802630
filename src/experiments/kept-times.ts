import { completionTimes } from "../compare/measures.ts";
import { figuresOf } from "../compare/run-figures.ts";
import type { RunResult } from "../metrics/results.ts";

/** Completion times of a group of leechers in one run. */
export interface KeptTimes {
  readonly peers: number;
  readonly completed: number;
  /** Seconds; null when nobody completed. */
  readonly mean: number | null;
  readonly median: number | null;
  readonly last: number | null;
}

/** The times of the leechers of a class, or of all of them, each from its own arrival. */
export function timesOf(result: RunResult, className?: string): KeptTimes {
  const leechers = figuresOf(result).peers.filter((peer) => {
    return peer.role === "leecher" && (className === undefined || peer.class === className);
  });
  const times = completionTimes(leechers);
  const mean = times.reduce((total, time) => total + time, 0) / times.length;
  return {
    peers: leechers.length,
    completed: times.length,
    mean: times.length === 0 ? null : mean,
    median: medianOf(times),
    last: times.at(-1) ?? null,
  };
}

/** Completion times of a class in seconds, ascending. */
export function completionsOf(result: RunResult, className: string): number[] {
  return completionTimes(figuresOf(result).peers.filter((peer) => peer.class === className));
}

function medianOf(ascending: readonly number[]): number | null {
  const place = (ascending.length - 1) / 2;
  const low = ascending[Math.floor(place)];
  const high = ascending[Math.ceil(place)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
