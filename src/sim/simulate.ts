import type { Progress, RunResult } from "../metrics/results.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { Simulation, type SimulationOptions } from "./simulation.ts";

export interface SimulateOptions extends SimulationOptions {
  /** Called every `progressEvents` events. */
  readonly onProgress?: (progress: Progress) => void;
  /** Events between two calls of `onProgress`, and between two looks at `signal`; 100,000 by default. */
  readonly progressEvents?: number;
  /** Stops the run early when it says so: the result is then marked partial. An `AbortSignal` fits. */
  readonly signal?: { readonly aborted: boolean };
}

/**
 * Runs a scenario to its end and returns what came of it. The same scenario and seed give the same digest on any machine.
 * It blocks until the run is over: for a page that stays alive, run it in a worker or use `Simulation` in slices.
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): RunResult {
  const { onProgress, signal, progressEvents = 100_000 } = options;
  const simulation = new Simulation(scenario, options);
  while (!simulation.isDone && signal?.aborted !== true) {
    simulation.advance(progressEvents);
    onProgress?.(simulation.progress());
  }
  return simulation.finish();
}
