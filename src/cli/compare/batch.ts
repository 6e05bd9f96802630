import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { RunFigures } from "../../compare/run-figures.ts";
import { exitCodes } from "../exit-codes.ts";
import { listenForInterrupts } from "../interrupts.ts";
import { wholeNumber } from "../options.ts";
import { runName } from "../run-directory.ts";
import { quoted } from "../run-manifest.ts";
import { shownPath } from "../shown-path.ts";
import type { Terminal } from "../terminal.ts";
import { BatchDirectory } from "./batch-directory.ts";
import { writeBeginning } from "./batch-manifest.ts";
import type { Plan } from "./plan.ts";
import { runPlan } from "./run-plan.ts";

/** What every command takes that runs a scenario many times. */
export interface BatchOptions {
  /** Overrides as `path=value`. */
  readonly set: readonly string[];
  /** Classes that strategies go to. */
  readonly for: readonly string[];
  readonly seeds: string;
  readonly jobs?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly open?: boolean;
  /** False: no charts and no page. */
  readonly report: boolean;
}

/** Many runs, as asked for. */
export interface Batch {
  readonly kind: "comparison" | "tournament";
  readonly file: string;
  readonly plan: Plan;
  /** The command line that asks for the same. */
  readonly command: string;
}

/** A batch that is being written down. */
export interface RunningBatch<T> {
  readonly directory: BatchDirectory;
  /** As short as it gets from here. */
  readonly path: string;
  readonly jobs: number;
  /** What is kept of the runs, by variant and seed. */
  readonly runs: readonly (readonly T[])[];
}

/**
 * Runs what its directory does not have yet, and hands it to `finish`. Of each run only what `keep` returns stays in memory.
 * Returns the exit code.
 */
export async function runBatch<T>(
  batch: Batch,
  options: BatchOptions,
  terminal: Terminal,
  keep: (figures: RunFigures, variant: number) => T,
  finish: (running: RunningBatch<T>) => Promise<void>,
): Promise<number> {
  const { plan, kind, file, command } = batch;
  const jobs =
    options.jobs === undefined ? availableParallelism() : wholeNumber("--jobs", options.jobs);
  const out = options.out ?? defaultPath(file, kind, plan);
  const directory = await BatchDirectory.open(resolve(out));
  const path = shownPath(directory.path);
  await writeBeginning(directory, { kind, plan, command });
  const interrupts = listenForInterrupts(() => undefined);
  try {
    const quiet = options.quiet === true;
    const runs = await runPlan(plan, directory, { jobs, interrupts, terminal, quiet }, keep);
    if (runs === undefined) {
      terminal.err(
        `Interrupted. The runs that were over are in ${path}: the same command goes on from there.\n`,
      );
      return interrupts.code ?? exitCodes.bug;
    }
    await finish({ directory, path, jobs, runs });
    return interrupts.code ?? exitCodes.done;
  } finally {
    interrupts.ignore();
  }
}

/** The options of a batch as words of its command line, but for where its files go. */
export function commandWords(options: BatchOptions): string[] {
  const words = options.for.flatMap((name) => ["--for", name]);
  words.push("--seeds", options.seeds);
  for (const override of options.set) words.push("--set", override);
  return words;
}

export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** The same for the same command, so that it goes on where it was ended. */
function defaultPath(file: string, kind: Batch["kind"], plan: Plan): string {
  const ids = plan.cells.map(({ id }) => id).join();
  const hash = createHash("sha256").update(ids).digest("hex").slice(0, 6);
  const name = kind === "comparison" ? "compare" : kind;
  return join("runs", runName(file, `${name}-${hash}`));
}
