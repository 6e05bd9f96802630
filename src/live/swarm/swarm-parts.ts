import type { Seeds } from "../../chance/seeds.ts";
import type { Recorder } from "../../metrics/recorder.ts";
import type { NetworkSpec } from "../../scenario/scenario.ts";
import type { StrategyWatch } from "../../strategies/guarded-calls.ts";
import type { Strategies } from "../../strategies/registry.ts";
import type { LiveClock } from "../live-clock.ts";
import type { Content } from "./content.ts";
import type { SwarmNetwork } from "./swarm-network.ts";
import type { SwarmTracker } from "./swarm-tracker.ts";

/** What all peers of a swarm on one machine share. */
export interface SwarmParts {
  readonly clock: LiveClock;
  readonly seeds: Seeds;
  readonly spec: NetworkSpec;
  readonly content: Content;
  readonly network: SwarmNetwork;
  readonly tracker: SwarmTracker;
  readonly recorder: Recorder;
  readonly strategies: Strategies;
  /** Is told of every call of a user's strategy. */
  readonly watch: StrategyWatch | undefined;
  /** Numbers of peers by their ids, each byte a letter. Who is not known yet gets a number from `firstRemote` on. */
  readonly numbers: Map<string, number>;
  readonly firstRemote: number;
  /** For people. */
  readonly log: (text: string) => void;
  /** The run cannot go on. */
  readonly failed: (error: unknown) => void;
}
