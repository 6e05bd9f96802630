import { figuresOf, type RunFigures } from "../compare/run-figures.ts";
import type { LiveSwarm, LiveSwarmOptions } from "../live/swarm/live-swarm.ts";
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
  /** Run among real sockets on this machine, in real time. */
  readonly live?: LiveCell;
  /** Observers whose tables come with the result. */
  readonly observe?: readonly ObserverName[];
}

/** How a cell is run live. */
export interface LiveCell {
  /** Where peers keep their files; null: in memory. It must be there, and the cell's own. */
  readonly directory: string | null;
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
    const options = { strategies, watch: shared, ...(observer === undefined ? {} : { observer }) };
    const isNow = (run: { readonly now: number }) => {
      Object.defineProperty(clock, "now", { get: () => run.now });
    };
    const result =
      cell.live === undefined
        ? await simulation(new Simulation(scenario, { ...options, check }), shared, isNow)
        : await liveRun(scenario, cell.live, options, shared, isNow);
    if (tables.length === 0) return result;
    const observed = Object.fromEntries(tables.map(({ name, of }) => [name, of.table()]));
    return { ...result, observed };
  } finally {
    lines?.close();
  }
}

function simulation(
  run: Simulation,
  shared: SharedState,
  isNow: (run: Simulation) => void,
): Promise<RunResult> {
  isNow(run);
  return runToEnd(run, {
    isCancelled: () => shared.isCancelled,
    onProgress: (progress) => {
      shared.progress = progress;
    },
  });
}

/** ms between two looks at whether a live run shall stop, and of those who look how far it is. */
const LOOK_INTERVAL = 100;

async function liveRun(
  scenario: Scenario,
  { directory }: LiveCell,
  options: Omit<LiveSwarmOptions, "directory">,
  shared: SharedState,
  isNow: (run: LiveSwarm) => void,
): Promise<RunResult> {
  const { LiveSwarm } = await import("../live/swarm/live-swarm.ts");
  const swarm = new LiveSwarm(scenario, { ...options, directory: directory ?? undefined });
  isNow(swarm);
  const stop = new AbortController();
  const timer = setInterval(() => {
    shared.progress = swarm.progress();
    if (shared.isCancelled) stop.abort();
  }, LOOK_INTERVAL);
  try {
    return await swarm.run(stop.signal);
  } finally {
    clearInterval(timer);
  }
}
