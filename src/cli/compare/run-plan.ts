import { join } from "node:path";
import type { RunFigures } from "../../compare/run-figures.ts";
import { shortName } from "../../report/class-scale.ts";
import { clockTime, counted } from "../../report/units.ts";
import { InputError, isInputError } from "../exit-codes.ts";
import type { Interrupts } from "../interrupts.ts";
import { runCells } from "../simulation-pool.ts";
import { expectTime, peersDirectory, removePeersDirectory } from "../swarm/live-places.ts";
import type { Terminal } from "../terminal.ts";
import type { BatchDirectory } from "./batch-directory.ts";
import { batchBar, namedRun } from "./batch-progress.ts";
import type { Plan, PlannedCell } from "./plan.ts";

export interface RunPlanOptions {
  readonly jobs: number;
  readonly interrupts: Interrupts;
  readonly terminal: Terminal;
  readonly quiet: boolean;
}

/**
 * What `keep` makes of all runs of a plan, by variant and seed: of those that the directory has, and of the others by running
 * them. Undefined when the user ended it; the directory keeps what was done by then.
 */
export async function runPlan<T>(
  plan: Plan,
  directory: BatchDirectory,
  options: RunPlanOptions,
  keep: (figures: RunFigures, variant: number) => T,
): Promise<T[][] | undefined> {
  const found = new Set<string>();
  for (const { id } of plan.cells) {
    if ((await directory.cells.find(id, id)) !== undefined) found.add(id);
  }
  // Two variants may come to the same scenario.
  const missing = new Map(
    plan.cells.filter(({ id }) => !found.has(id)).map((one) => [one.id, one]),
  );
  if (found.size > 0 && !options.quiet) {
    options.terminal.err(`${counted(found.size, "run")} found in ${directory.path}.\n`);
  }
  const finish = (id: string, figures: RunFigures) => directory.cells.store(id, id, figures);
  const simulated = [...missing.values()].filter(({ cell }) => cell.live === undefined);
  if (!(await runMissing(plan, simulated, options, finish))) return undefined;
  const live = [...missing.values()].filter(({ cell }) => cell.live !== undefined);
  if (live.length > 0 && !(await runLive(plan, live, directory, options))) return undefined;
  const kept: T[][] = plan.variants.map(() => []);
  for (const { id, variant } of plan.cells) {
    const figures = await directory.cells.find(id, id);
    if (figures === undefined) throw new InputError(`${id}.json is gone from ${directory.path}.`);
    kept[variant]?.push(keep(figures, variant));
  }
  return kept;
}

/** Live runs take the machine for themselves: one at a time, when no simulation runs. */
async function runLive(
  plan: Plan,
  missing: readonly PlannedCell[],
  directory: BatchDirectory,
  options: RunPlanOptions,
): Promise<boolean> {
  let expected = 0;
  for (const { variant, seed } of missing) {
    // The variant before it is the same, simulated.
    const twin = plan.cells.find((one) => one.variant === variant - 1 && one.seed === seed);
    const figures = twin && (await directory.cells.find(twin.id, twin.id));
    expectTime(figures?.simulatedSeconds ?? 0);
    expected += figures?.simulatedSeconds ?? 0;
  }
  if (!options.quiet) {
    const runs = counted(missing.length, "live run");
    options.terminal.err(`${runs}, one at a time: about ${clockTime(expected)} of real time.\n`);
  }
  const places = peersDirectory();
  try {
    const cells = missing.map((one) => {
      return { ...one, cell: { ...one.cell, live: { directory: join(places, one.id) } } };
    });
    return await runMissing(plan, cells, { ...options, jobs: 1 }, (id, figures) =>
      directory.cells.store(id, id, figures),
    );
  } finally {
    removePeersDirectory(places);
  }
}

async function runMissing(
  plan: Plan,
  missing: readonly PlannedCell[],
  { jobs, interrupts, terminal, quiet }: RunPlanOptions,
  keep: (id: string, figures: RunFigures) => Promise<void>,
): Promise<boolean> {
  if (missing.length === 0) return true;
  const display = terminal.isWatched && !quiet ? await batchBar() : undefined;
  const started = performance.now();
  let done = 0;
  try {
    await runCells(
      "runCellForFigures",
      missing.map(({ cell }) => cell),
      {
        jobs,
        signal: interrupts.signal,
        nameOf: (index) => runName(plan, missing[index] as PlannedCell),
        onDone: async (index, figures) => {
          if (interrupts.code !== undefined) return; // it may have been cut short
          done++;
          await keep((missing[index] as PlannedCell).id, figures);
        },
        ...(display && {
          onProgress: (running) => {
            const runs = running.map((one) => {
              const { variant, seed, cell } = missing[one.index] as PlannedCell;
              const name = shortName(plan.variants[variant]?.name ?? "");
              return namedRun(`${name}, seed ${seed}`, one, cell.scenario.stop);
            });
            const seconds = (performance.now() - started) / 1000;
            display.show(done, missing.length, runs, seconds);
          },
        }),
      },
    );
  } catch (error) {
    if (interrupts.code === undefined || !isInputError(error)) throw error;
    terminal.err(`${error.message}\n`);
  } finally {
    display?.stop();
  }
  return interrupts.code === undefined;
}

/** Whose run it is, for messages: `random alone, seed 7`. */
function runName({ variants }: Plan, { variant, seed }: PlannedCell): string {
  return `${variants[variant]?.name}, seed ${seed}`;
}
