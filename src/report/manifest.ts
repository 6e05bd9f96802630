import type { Cost } from "./summary-json.ts";

/** `manifest.json`: what it takes to make a run again, and apart from that where and how fast it ran. */
export interface Manifest {
  /** Of Swarmlab. */
  readonly version: string;
  readonly scenario: string;
  readonly description: string;
  /** The command line that makes the same run, without where its files go. */
  readonly command: string;
  readonly seed: string;
  readonly digest: string;
  /** SHA-256 of `scenario.yaml`. */
  readonly scenarioSha256: string;
  /** True when the run was cancelled before its stop condition. */
  readonly partial: boolean;
  /** Differs from run to run; the rest does not. */
  readonly machine: Cost & { readonly node: string; readonly platform: string };
}
