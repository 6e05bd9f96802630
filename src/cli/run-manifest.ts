import { createHash } from "node:crypto";
import type { RunSummary } from "../metrics/results.ts";
import type { Manifest } from "../report/manifest.ts";
import type { Cost } from "../report/summary-json.ts";
import { version } from "./version.ts";

/** How a run was asked for. */
export interface RunRequest {
  /** "live" of a run among real sockets; "run" by default. */
  readonly verb?: "run" | "live";
  readonly file: string;
  readonly seed: string | undefined;
  /** Overrides as `path=value`. */
  readonly set: readonly string[];
  /** Of the scenario. */
  readonly description: string;
  /** The resolved scenario as YAML. */
  readonly resolvedText: string;
}

export function runManifest(request: RunRequest, summary: RunSummary, cost: Cost): Manifest {
  return {
    version: version(),
    scenario: summary.scenario,
    description: request.description,
    ...(request.verb === "live" ? { isLive: true } : {}),
    command: commandLine(request),
    seed: summary.seed,
    digest: summary.digest,
    scenarioSha256: createHash("sha256").update(request.resolvedText).digest("hex"),
    partial: summary.partial,
    machine: { node: process.version, platform: `${process.platform}-${process.arch}`, ...cost },
  };
}

/** The command that makes the same run, or one like it if it is live, but for where its files go. */
export function commandLine({
  verb = "run",
  file,
  seed,
  set,
}: Pick<RunRequest, "verb" | "file" | "seed" | "set">): string {
  const words = ["sim", verb, file];
  if (seed !== undefined) words.push("--seed", seed);
  for (const override of set) words.push("--set", override);
  return words.map(quoted).join(" ");
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w./:=@%+,[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
