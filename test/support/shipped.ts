import { readdirSync, readFileSync } from "node:fs";
import type { RunResult } from "../../src/metrics/results.ts";
import { parseScenario } from "../../src/scenario/parse.ts";
import type { Scenario } from "../../src/scenario/scenario.ts";
import { simulate } from "../../src/sim/simulate.ts";

const folder = new URL("../../scenarios/", import.meta.url);

/** Names of the shipped scenarios: `flashcrowd` for `scenarios/flashcrowd.yaml`. */
export const shippedNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length))
  .sort();

export interface ShippedOptions {
  readonly seed?: string;
  /** As after `--set`. */
  readonly set?: readonly string[];
  /** Runs the invariant checkers too. */
  readonly check?: boolean;
}

export function shippedText(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, folder), "utf8");
}

/** The scenario of the file, with the seed and the overrides put in. */
export function shipped(name: string, { seed, set = [] }: ShippedOptions = {}): Scenario {
  const parsed = parseScenario(shippedText(name), { fileName: `${name}.yaml`, overrides: set });
  return seed === undefined ? parsed : { ...parsed, seed };
}

const results = new Map<string, RunResult>();

/** Runs it; the same run is not made twice in a test file. Errors name the seed. */
export function runShipped(name: string, options: ShippedOptions = {}): RunResult {
  const key = JSON.stringify([name, options]);
  let result = results.get(key);
  if (result === undefined) {
    const scenario = shipped(name, options);
    try {
      result = simulate(scenario, { check: options.check === true });
    } catch (error) {
      const { message } = error as Error;
      throw new Error(`${name}, seed ${scenario.seed}: ${message}`, { cause: error });
    }
    results.set(key, result);
  }
  return result;
}

/** Half of the class completed within this many seconds. */
export function p50(result: RunResult, className: string): number {
  const value = result.summary.classes[className]?.p50;
  if (value != null) return value;
  throw new Error(`nobody of ${className} completed (seed ${result.summary.seed})`);
}

export function shareRatio(result: RunResult, className: string): number {
  const value = result.summary.classes[className]?.shareRatio;
  if (value != null) return value;
  throw new Error(`nobody of ${className} downloaded (seed ${result.summary.seed})`);
}

/** When the last leecher had the whole file; throws unless all have. */
export function lastCompletion(result: RunResult): number {
  const { completed, total } = result.summary.peers;
  const leechers = result.peers.filter((peer) => peer.role === "leecher");
  if (completed === leechers.length) {
    return Math.max(...leechers.map((peer) => peer.completedSeconds ?? 0));
  }
  throw new Error(`${completed} of ${total} peers completed (seed ${result.summary.seed})`);
}

export function wastedBytes(result: RunResult): number {
  return result.peers.reduce((sum, peer) => sum + peer.wastedBytes, 0);
}

/** Copies of the rarest piece when the run ended. */
export function rarestAtEnd(result: RunResult): number {
  return result.availability.at(-1)?.minimum ?? 0;
}
