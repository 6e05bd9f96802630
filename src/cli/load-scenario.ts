import { dirname, resolve } from "node:path";
import { readScenario } from "../scenario/parse.ts";
import type { PeerClass, Scenario, StrategyChoice } from "../scenario/scenario.ts";
import { writeScenario } from "../scenario/write.ts";
import { builtInStrategies } from "../strategies/built-in.ts";
import { settingsOf } from "../strategies/create.ts";
import { isStrategyPath } from "../strategies/registry.ts";
import type { LoadedStrategies } from "./load-strategies.ts";
import { strategiesOf } from "./scenario-strategies.ts";
import { readText } from "./text-file.ts";

/** A scenario that can be run. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The built-in ones and those that the scenario brings. */
  readonly strategies: LoadedStrategies;
  /** Where the file is: what the paths in it are relative to. */
  readonly folder: string;
  /** The scenario as YAML with every default filled in. */
  readonly resolvedText: string;
}

/** Reads a scenario file, its arrival files and its strategy modules, whose paths are relative to it. */
export async function loadScenario(
  file: string,
  overrides: readonly string[],
): Promise<LoadedScenario> {
  const folder = dirname(resolve(file));
  const parsed = readScenario(readText(file, file), {
    fileName: file,
    overrides,
    readFile: (path) => readText(resolve(folder, path), path),
    strategyNames: {
      chokers: [...builtInStrategies.chokers.keys()],
      pickers: [...builtInStrategies.pickers.keys()],
    },
  });
  const strategies = await strategiesOf(parsed, folder);
  const peers = parsed.scenario.peers.map((one) => {
    return { ...one, settings: settingsOf(strategies, one) };
  });
  const scenario = { ...parsed.scenario, peers };
  return { scenario, strategies, folder, resolvedText: resolvedText(scenario, folder) };
}

/** A scenario from `folder` as YAML that can stand anywhere. */
export function resolvedText(scenario: Scenario, folder: string): string {
  return writeScenario(movable(scenario, folder));
}

/** The scenario with whole paths to its modules, so that its file can stand anywhere. */
function movable(scenario: Scenario, folder: string): Scenario {
  const whole = (choice: StrategyChoice): StrategyChoice =>
    isStrategyPath(choice.name) ? { ...choice, name: resolve(folder, choice.name) } : choice;
  const peers = scenario.peers.map((one): PeerClass => {
    const { choker, seedChoker, picker } = one;
    return {
      ...one,
      choker: whole(choker),
      seedChoker: seedChoker && whole(seedChoker),
      picker: whole(picker),
    };
  });
  return { ...scenario, peers };
}
