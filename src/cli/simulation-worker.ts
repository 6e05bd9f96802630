import { figuresOf, type RunFigures } from "../compare/run-figures.ts";
import { observerOf } from "../metrics/observer-list.ts";
import { type ObserverName, tableObservers } from "../metrics/observers.ts";
import type { RunResult } from "../metrics/results.ts";
import { Trace } from "../metrics/trace.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { Simulation } from "../sim/simulation.ts";
import { builtInStrategies } from "../strategies/built-in.ts";
import { LineFile } from "./line-file.ts";
import { type StrategyModule, strategiesWith } from "./load-strategies.ts";
import { runToEnd } from "./run-loop.ts";
import { SharedState } from "./shared-state.ts";
import { type SentError, sentError } from "./worker-errors.ts";

/** One run, as plain data that passes between threads. */
export interface Cell {
  readonly scenario: Scenario;
  /** The users' strategies that the scenario names. */
  readonly modules: readonly StrategyModule[];
  /** Runs the invariant checkers beside it. */
  readonly check?: boolean;
  /** The file that every event is written to. */
  readonly trace?: string;
  /** Rechoke rounds go there too. */
  readonly rechokes?: boolean;
  /** Observers whose tables come with the result. */
  readonly observe?: readonly ObserverName[];
}

/** What the pool hands to a worker. */
export interface Task {
  readonly cell: Cell;
  /** Of a SharedState. */
  readonly memory: SharedArrayBuffer;
}

export type Outcome<T> = { readonly result: T } | { readonly error: SentError };

/** What the functions below return, which the pool calls by name in a worker. */
export interface Results {
  readonly runCell: RunResult;
  readonly runCellForFigures: RunFigures;
}

/** Runs a cell to its end, or until it is cancelled. */
export function runCell(task: Task): Promise<Outcome<RunResult>> {
  return outcomeOf(() => simulated(task));
}

/** The same, and keeps what a comparison needs: of a large swarm that is much less to hand over. */
export function runCellForFigures(task: Task): Promise<Outcome<RunFigures>> {
  return outcomeOf(async () => figuresOf(await simulated(task)));
}

async function outcomeOf<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await run() };
  } catch (error) {
    return { error: sentError(error) };
  }
}

async function simulated({ cell, memory }: Task): Promise<RunResult> {
  const { scenario, modules, check = false, rechokes = false } = cell;
  const shared = new SharedState(memory);
  const strategies = await strategiesWith(builtInStrategies, modules);
  const clock = { now: 0 };
  const lines = cell.trace === undefined ? undefined : new LineFile(cell.trace);
  const trace = lines && new Trace(clock, (line) => lines.write(line), { rechokes });
  const tables = (cell.observe ?? []).map((name) => ({ name, of: tableObservers[name](clock) }));
  const observer = observerOf([...(trace ? [trace] : []), ...tables.map((one) => one.of)]);
  try {
    const simulation = new Simulation(scenario, {
      strategies,
      check,
      watch: shared,
      ...(observer === undefined ? {} : { observer }),
    });
    Object.defineProperty(clock, "now", { get: () => simulation.now });
    const result = await runToEnd(simulation, {
      isCancelled: () => shared.isCancelled,
      onProgress: (progress) => {
        shared.progress = progress;
      },
    });
    if (tables.length === 0) return result;
    const observed = Object.fromEntries(tables.map(({ name, of }) => [name, of.table()]));
    return { ...result, observed };
  } finally {
    lines?.close();
  }
}
