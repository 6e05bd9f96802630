import { ScenarioError, type ScenarioIssue } from "../scenario/issues.ts";
import type { ParsedScenario } from "../scenario/parse.ts";
import { builtInStrategies } from "../strategies/built-in.ts";
import { checkStrategies } from "../strategies/create.ts";
import { checkOptions } from "../strategies/options.ts";
import { findChoker, findPicker } from "../strategies/registry.ts";
import { StrategyError } from "../strategies/strategy-error.ts";
import { type LoadedStrategies, loadStrategies } from "./load-strategies.ts";

const keys = ["choker", "seedChoker", "picker"] as const;

/**
 * The strategies that the classes of a scenario name, with the modules among them loaded from `folder`. All that is wrong
 * with names, modules and options is one ScenarioError, which points at the places in the file.
 */
export async function strategiesOf(
  { scenario, errorInClass }: ParsedScenario,
  folder: string,
): Promise<LoadedStrategies> {
  let strategies: LoadedStrategies = { ...builtInStrategies, modules: [] };
  const issues: ScenarioIssue[] = [];
  const report = (index: number, key: string, error: unknown) => {
    if (!(error instanceof StrategyError)) throw error;
    const keys = error.option === undefined ? [key] : [key, "options", error.option];
    issues.push(...errorInClass(index, keys, error.message).issues);
  };
  for (const [index, one] of scenario.peers.entries()) {
    const before = issues.length;
    for (const key of keys) {
      const choice = one[key];
      if (choice === undefined) continue;
      try {
        strategies = await loadStrategies(strategies, { peers: [{ [key]: choice }] }, folder);
        const find = key === "picker" ? findPicker : findChoker;
        checkOptions(find(strategies, choice.name), choice.options);
      } catch (error) {
        report(index, key, error);
      }
    }
    if (issues.length > before) continue;
    try {
      // What is left is a choker in a state that it does not serve.
      checkStrategies(strategies, one);
    } catch (error) {
      const isSeed = one.seedChoker && findChoker(strategies, one.seedChoker.name).leecherOnly;
      report(index, isSeed ? "seedChoker" : "choker", error);
    }
  }
  if (issues.length > 0) throw new ScenarioError(issues);
  return strategies;
}
