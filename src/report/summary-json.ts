import type { RunSummary } from "../metrics/results.ts";

/** What a run cost on this machine, up to the end of the simulation and without drawing. */
export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of the whole process. */
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

/** The object of `summary.json` and `--json`; `partial` only where it is true. */
export type SummaryJson = Omit<RunSummary, "partial"> & Cost & { readonly partial?: true };

export function summaryJson(summary: RunSummary, cost: Cost): SummaryJson {
  const { scenario, seed, digest, partial, peers, simulatedSeconds, events, blocks } = summary;
  return {
    scenario,
    seed,
    digest,
    ...(partial ? { partial } : {}),
    peers,
    simulatedSeconds,
    wallSeconds: cost.wallSeconds,
    cpuSeconds: cost.cpuSeconds,
    peakRssBytes: cost.peakRssBytes,
    events,
    blocks,
    completionSeconds: summary.completionSeconds,
    classes: summary.classes,
    bound: summary.bound,
  };
}

/** The summary in a `summary.json`. */
export function summaryOf(json: SummaryJson): RunSummary {
  const { wallSeconds: _, cpuSeconds: __, peakRssBytes: ___, partial, ...rest } = json;
  return { ...rest, partial: partial === true };
}
