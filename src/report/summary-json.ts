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

/** The summary in the text of a `summary.json`; an Error that names the key where it is none. */
export function parseSummary(text: string): RunSummary {
  const json: unknown = JSON.parse(text);
  check(json, shape, "");
  const { classes } = json as { classes: unknown };
  if (!isObject(classes)) throw new Error('"classes" must be an object');
  for (const [name, one] of Object.entries(classes)) check(one, classShape, `classes.${name}.`);
  const {
    wallSeconds: _,
    cpuSeconds: __,
    peakRssBytes: ___,
    partial,
    ...summary
  } = json as SummaryJson;
  return { ...summary, partial: partial === true };
}

type Shape = { readonly [key: string]: "text" | "number" | "number or null" | Shape };

const shape: Shape = {
  scenario: "text",
  seed: "text",
  digest: "text",
  peers: { total: "number", completed: "number" },
  simulatedSeconds: "number",
  events: "number",
  blocks: "number",
  completionSeconds: { p50: "number or null", p95: "number or null", max: "number or null" },
  bound: { minimumDistributionSeconds: "number or null", ratio: "number or null" },
};

const classShape: Shape = {
  count: "number",
  completed: "number",
  p50: "number or null",
  p95: "number or null",
  meanDownloadBytesPerSecond: "number",
  meanUploadBytesPerSecond: "number",
  shareRatio: "number or null",
};

function check(value: unknown, expected: Shape, path: string): void {
  if (!isObject(value)) throw new Error(`"${path.slice(0, -1) || "it"}" must be an object`);
  for (const [key, type] of Object.entries(expected)) {
    const one = value[key];
    if (typeof type === "object") {
      check(one, type, `${path}${key}.`);
      continue;
    }
    const isFine =
      type === "text" ? typeof one === "string" : typeof one === "number" || one === null;
    if (!isFine || (one === null && type === "number")) {
      throw new Error(`"${path}${key}" must be a ${type}`);
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
