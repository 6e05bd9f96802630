import type { Cost } from "./summary-json.ts";

/** `manifest.json`: what it takes to make a run again, and apart from that where and how fast it ran. */
export interface Manifest {
  /** Of Swarmlab. */
  readonly version: string;
  readonly scenario: string;
  readonly description: string;
  /** True of peers on real sockets: their time is that of clocks, and no command makes the same run again. */
  readonly isLive?: true;
  /** The command line that makes the same run, without where its files go; of a live run, the one that it came from. */
  readonly command: string;
  /** Empty when there is none. */
  readonly seed: string;
  readonly digest: string;
  /** SHA-256 of `scenario.yaml`; null when there is no scenario. */
  readonly scenarioSha256: string | null;
  /** True when the run was cancelled before its stop condition. */
  readonly partial: boolean;
  /** Differs from run to run; the rest does not. */
  readonly machine: Cost & { readonly node: string; readonly platform: string };
}
