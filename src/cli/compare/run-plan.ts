import type { RunFigures } from "../../compare/run-figures.ts";
import { shortName } from "../../report/class-scale.ts";
import { counted } from "../../report/units.ts";
import { InputError, isInputError } from "../exit-codes.ts";
import type { Interrupts } from "../interrupts.ts";
import { runCells } from "../simulation-pool.ts";
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
  const isDone = await runMissing(plan, [...missing.values()], options, (id, figures) =>
    directory.cells.store(id, id, figures),
  );
  if (!isDone) return undefined;
  const kept: T[][] = plan.variants.map(() => []);
  for (const { id, variant } of plan.cells) {
    const figures = await directory.cells.find(id, id);
    if (figures === undefined) throw new InputError(`${id}.json is gone from ${directory.path}.`);
    kept[variant]?.push(keep(figures, variant));
  }
  return kept;
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
