import type { Choker } from "../../src/engine/choker.ts";
import { type ProfileName, profiles } from "../../src/engine/profiles.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { createChoker } from "../../src/strategies/create.ts";
import type { StrategyOptions } from "../../src/strategies/registry.ts";
import { type FakeNeighbour, neighbours, ScriptedClient, stoppedClock } from "./neighbours.ts";

/** The built-in choker of that name, guarded as in a run. */
export function builtInChoker(
  name: string,
  options: StrategyOptions = {},
  profile: ProfileName = "mainline-4",
): Choker {
  const owner = { peer: "dsl/0", clock: stoppedClock };
  return createChoker(builtInStrategies, { name, options }, profiles[profile], owner);
}

interface Script {
  readonly slots?: number;
  readonly count?: number;
  readonly options?: StrategyOptions;
  readonly profile?: ProfileName;
  readonly isSeeding?: boolean;
  readonly fields?: (number: number) => Partial<FakeNeighbour>;
}

/** A client of that choker, and its neighbours, numbered from 1 and all interested. */
export function scripted(name: string, script: Script = {}) {
  const { slots = 4, count = 10, options, profile, isSeeding = false, fields } = script;
  const choker = builtInChoker(name, options, profile);
  const client = new ScriptedClient(choker, slots, { isSeeding });
  const peers = neighbours(count, fields);
  client.join(peers);
  /** The peer of that number. */
  const peer = (number: number) => peers[number - 1] as FakeNeighbour;
  return { client, peers, peer, choker };
}
