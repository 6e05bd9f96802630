import type { Experiment, KeptRun } from "../../experiments/experiment.ts";
import { clockTime } from "../../report/units.ts";
import { CellStore } from "../cell-store.ts";
import { costSoFar } from "../cost.ts";
import type { Interrupts } from "../interrupts.ts";
import { fractionOf, singleBar } from "../progress-bar.ts";
import { type RunningCell, runCells } from "../simulation-pool.ts";
import { type PlannedCell, planOf } from "./experiment-plan.ts";
import { type FinishedCell, finishedCell } from "./finished-cell.ts";

export interface RunExperimentOptions {
  readonly seeds: number;
  readonly jobs: number;
  /** The folder of the finished runs. */
  readonly cells: string;
  readonly interrupts: Interrupts;
  /** Whether a bar is shown. */
  readonly isWatched: boolean;
}

/** The runs of an experiment, and what they took. */
export interface FinishedRuns {
  readonly runs: readonly KeptRun<unknown>[];
  /** How many were there already. */
  readonly found: number;
  readonly cpuSeconds: number;
}

/** All runs of an experiment, those from before and the others by running them; undefined when the user ended it. */
export async function runExperiment(
  experiment: Experiment,
  options: RunExperimentOptions,
): Promise<FinishedRuns | undefined> {
  const plan = planOf(experiment, options.seeds);
  const store = new CellStore(options.cells, finishedCell);
  const done = new Map<string, FinishedCell>();
  for (const { own, key } of plan) {
    const stored = await store.find(own.id, key);
    if (stored !== undefined) done.set(own.id, stored);
  }
  const found = done.size;
  const missing = plan.filter(({ own }) => !done.has(own.id));
  await runMissing(experiment, missing, { ...options, store, done });
  if (options.interrupts.code !== undefined) return undefined;
  const runs = plan.map(({ own: { scenario: _, ...cell } }) => {
    return { cell, kept: done.get(cell.id)?.kept };
  });
  const cpuSeconds = [...done.values()].reduce((total, one) => total + one.cpuSeconds, 0);
  return { runs, found, cpuSeconds };
}

async function runMissing(
  experiment: Experiment,
  missing: readonly PlannedCell[],
  options: RunExperimentOptions & {
    readonly store: CellStore<FinishedCell>;
    readonly done: Map<string, FinishedCell>;
  },
): Promise<void> {
  if (missing.length === 0) return;
  const { jobs, interrupts, store, done } = options;
  const bar = options.isWatched ? await singleBar() : undefined;
  const started = performance.now();
  let before = costSoFar().cpuSeconds;
  let count = 0;
  const cells = missing.map(({ cell }) => cell);
  try {
    await runCells("runCell", cells, {
      jobs,
      signal: interrupts.signal,
      nameOf: (index) => `${experiment.name}/${missing[index]?.own.id}`,
      onDone: async (index, result) => {
        if (interrupts.code !== undefined) return; // it may have been cut short
        const { own, key } = missing[index] as PlannedCell;
        const now = costSoFar().cpuSeconds;
        const cpuSeconds = Math.round((now - before) * 1000) / 1000;
        before = now;
        // As a later command finds it.
        const kept: unknown = JSON.parse(JSON.stringify(experiment.keep(result, own)));
        const stored = { digest: result.summary.digest, cpuSeconds, kept };
        await store.store(own.id, key, stored);
        done.set(own.id, stored);
        count++;
      },
      ...(bar && {
        onProgress: (running) => {
          const fraction = (count + begun(running, missing)) / missing.length;
          const seconds = (performance.now() - started) / 1000;
          const left = fraction > 0.01 ? (seconds * (1 - fraction)) / fraction : undefined;
          bar.show(fraction, progressText(experiment.name, count, missing.length, left));
        },
      }),
    });
  } finally {
    bar?.stop();
  }
}

/** How much of the runs under way is done, in runs. */
function begun(running: readonly RunningCell[], missing: readonly PlannedCell[]): number {
  return running.reduce((sum, { index, progress }) => {
    return sum + fractionOf(progress, (missing[index] as PlannedCell).cell.scenario.stop);
  }, 0);
}

/** `legout-2007-clustering 7/20 runs, 3:10 left`. */
export function progressText(
  name: string,
  done: number,
  total: number,
  secondsLeft: number | undefined,
): string {
  const left = secondsLeft === undefined ? "" : `, ${clockTime(secondsLeft)} left`;
  return `${name} ${done}/${total} runs${left}`;
}
