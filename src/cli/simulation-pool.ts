import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { Progress } from "../metrics/results.ts";
import { InputError } from "./exit-codes.ts";
import { HangWatch } from "./hang-watch.ts";
import { SharedState } from "./shared-state.ts";
import type { Cell, Outcome, Results, Task } from "./simulation-worker.ts";
import { errorOf, receivedError } from "./worker-errors.ts";

/** Real ms between two looks at how far the runs are. */
const displayInterval = 100;

/** Looks at a call of a user's strategy after which it is taken to hang; fewer once the user wants to stop. */
const patience = 10;
const patienceAtEnd = 2;

/** How far a run is, by its index among the cells. */
export interface RunningCell {
  readonly index: number;
  readonly progress: Progress;
}

export interface PoolOptions<K extends keyof Results = keyof Results> {
  /** Threads; as many as the machine can run at once by default. */
  readonly jobs?: number;
  /** Told the result of each cell, in the order in which they end. The thread's next cell waits for it. */
  onDone(index: number, result: Results[K]): void | Promise<void>;
  /** What a run is called, by its index: an error in it begins with that. Not needed where there is one alone. */
  readonly nameOf?: (index: number) => string;
  /** Told some ten times a second how far the runs under way are. */
  readonly onProgress?: (running: readonly RunningCell[]) => void;
  /** Ends the runs where they are, with partial results; no other begins. */
  readonly signal?: AbortSignal;
  /** Real ms between two looks at whether strategies return; 1 s by default. */
  readonly watchInterval?: number;
}

/** A run under way. */
interface Running {
  readonly index: number;
  readonly shared: SharedState;
  readonly hang: HangWatch;
  /** Ends its thread. */
  readonly abort: AbortController;
}

/**
 * Runs cells on threads of their own, and hands on `what` is made of each. An error in one ends them all and is thrown here, as the class and with the message
 * that it has there; a user's strategy that does not return is a StrategyError that says where and when.
 */
export async function runCells<K extends keyof Results>(
  what: K,
  cells: readonly Cell[],
  options: PoolOptions<K>,
): Promise<void> {
  const { jobs = availableParallelism(), signal, nameOf } = options;
  const threads = Math.max(1, Math.min(jobs, cells.length));
  const pool = new Piscina({ filename: worker, minThreads: threads, maxThreads: threads });
  const running = new Set<Running>();
  const failure: { error?: unknown } = {};
  const fail = (error: unknown) => {
    if (!("error" in failure)) failure.error = error;
    for (const one of running) one.abort.abort();
  };
  const cancel = () => {
    for (const { shared } of running) shared.cancel();
  };
  signal?.addEventListener("abort", cancel);
  const timers = watched(running, options, fail);
  let next = 0;
  const lane = async () => {
    while (next < cells.length && signal?.aborted !== true && !("error" in failure)) {
      const index = next++;
      const one = {
        index,
        shared: new SharedState(),
        hang: new HangWatch(),
        abort: new AbortController(),
      };
      running.add(one);
      try {
        const result = await runOn(pool, what, cells[index] as Cell, one).catch(
          (error: unknown) => {
            throw nameOf === undefined ? error : errorOf(nameOf(index), error);
          },
        );
        running.delete(one);
        await options.onDone(index, result);
      } catch (error) {
        running.delete(one);
        fail(error);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, lane));
    if ("error" in failure) throw failure.error;
  } finally {
    for (const timer of timers) clearInterval(timer);
    signal?.removeEventListener("abort", cancel);
    await pool.destroy();
  }
}

/** The worker as built; tests run the sources, which a thread of Node's own cannot. */
const worker = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts")
      ? "../../dist/cli/simulation-worker.js"
      : "simulation-worker.js",
    import.meta.url,
  ),
);

async function runOn<K extends keyof Results>(
  pool: Piscina,
  what: K,
  cell: Cell,
  { shared, abort }: Running,
): Promise<Results[K]> {
  const task: Task = { cell, memory: shared.memory };
  let outcome: Outcome<Results[K]>;
  try {
    outcome = await pool.run(task, { name: what, signal: abort.signal });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") throw cause;
    throw new InputError(
      `${cell.scenario.name}: the simulation needs more memory than Node may take. ` +
        "Try fewer peers, or NODE_OPTIONS=--max-old-space-size=8192 (in MiB).",
      { cause },
    );
  }
  if ("error" in outcome) throw receivedError(outcome.error);
  return outcome.result;
}

/** Looks at the runs now and then. Returns the timers. */
function watched(
  running: ReadonlySet<Running>,
  { onProgress, signal, nameOf, watchInterval = 1000 }: Omit<PoolOptions, "onDone">,
  fail: (error: unknown) => void,
): NodeJS.Timeout[] {
  const look = () => {
    for (const { index, shared, hang } of running) {
      const error = hang.look(shared.call, signal?.aborted === true ? patienceAtEnd : patience);
      if (error !== undefined) fail(nameOf === undefined ? error : errorOf(nameOf(index), error));
    }
  };
  const timers = [setInterval(look, watchInterval)];
  if (onProgress !== undefined) {
    const tell = () => {
      onProgress([...running].map(({ index, shared }) => ({ index, progress: shared.progress })));
    };
    timers.push(setInterval(tell, displayInterval));
  }
  return timers;
}
