import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readScenario } from "../scenario/parse.ts";
import type { PeerClass, Scenario, StrategyChoice } from "../scenario/scenario.ts";
import { writeScenario } from "../scenario/write.ts";
import { builtInStrategies } from "../strategies/built-in.ts";
import { checkStrategies } from "../strategies/create.ts";
import { isStrategyPath, type Strategies } from "../strategies/registry.ts";
import { StrategyError } from "../strategies/strategy-error.ts";
import { InputError } from "./exit-codes.ts";
import { loadStrategies } from "./load-strategies.ts";
import { reason } from "./system-error.ts";

/** A scenario that can be run. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The built-in ones and those that the scenario brings. */
  readonly strategies: Strategies;
  /** The scenario as YAML with every default filled in. */
  readonly resolvedText: string;
}

/** Reads a scenario file, its arrival files and its strategy modules, whose paths are relative to it. */
export async function loadScenario(
  file: string,
  overrides: readonly string[],
): Promise<LoadedScenario> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new InputError(`${file} cannot be read: ${reason(cause)}.`, { cause });
  });
  const folder = dirname(resolve(file));
  const { scenario, errorAt } = readScenario(text, {
    fileName: file,
    overrides,
    readTrace: (path) => readArrivals(resolve(folder, path)),
    strategyNames: {
      chokers: [...builtInStrategies.chokers.keys()],
      pickers: [...builtInStrategies.pickers.keys()],
    },
  });
  let strategies = builtInStrategies;
  for (const [at, one] of scenario.peers.entries()) {
    try {
      strategies = await loadStrategies(strategies, { peers: [one] }, folder);
      checkStrategies(strategies, one);
    } catch (error) {
      if (error instanceof StrategyError) throw errorAt(["peers", at], error.message);
      throw error;
    }
  }
  return { scenario, strategies, resolvedText: writeScenario(movable(scenario, folder)) };
}

function readArrivals(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(reason(cause), { cause });
  }
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
