import { readdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { nearest } from "../../core/nearest.ts";
import type { Experiment } from "../../experiments/experiment.ts";
import { experiments } from "../../experiments/experiments.ts";
import {
  intervalText,
  oursText,
  type Reproduction,
  verdictText,
} from "../../report/experiment/experiment-content.ts";
import { experimentFiles } from "../../report/experiment/experiment-report.ts";
import { fontFiles } from "../../report/font-files.ts";
import { counted } from "../../report/units.ts";
import { exitCodes, InputError } from "../exit-codes.ts";
import { type Interrupts, listenForInterrupts } from "../interrupts.ts";
import { wholeNumber } from "../options.ts";
import { shownPath } from "../shown-path.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { writeWhole } from "../write-whole.ts";
import { runExperiment } from "./run-experiment.ts";

export interface ReproduceOptions {
  readonly list?: boolean;
  readonly seeds?: string;
  readonly jobs?: string;
  readonly out: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** The file that makes a directory a reproduction's. */
const findingsFile = "findings.json";

/** `sim reproduce`: runs published experiments again, and says what came of them. Returns the exit code. */
export async function reproduce(
  names: readonly string[],
  options: ReproduceOptions,
  terminal: Terminal,
): Promise<number> {
  const chosen = chosenOf(names);
  if (options.list === true) {
    list(chosen, options, terminal);
    return exitCodes.done;
  }
  const seeds = options.seeds === undefined ? undefined : wholeNumber("--seeds", options.seeds);
  const jobs =
    options.jobs === undefined ? availableParallelism() : wholeNumber("--jobs", options.jobs);
  for (const { name } of chosen) await expectUsable(join(options.out, name));
  const interrupts = listenForInterrupts(() => undefined);
  const all: Reproduction[] = [];
  try {
    for (const experiment of chosen) {
      const own = { seeds: seeds ?? experiment.seeds, jobs, interrupts };
      const content = await reproduced(experiment, own, options, terminal);
      if (content === undefined) break;
      all.push(content);
    }
    if (interrupts.code !== undefined) {
      terminal.err("Interrupted. What was over is kept: the same command goes on from there.\n");
      return interrupts.code;
    }
    if (options.json === true) terminal.out(`${JSON.stringify(all.map(findingsJson))}\n`);
    return exitCodes.done;
  } finally {
    interrupts.ignore();
  }
}

/** The experiments of these names; all when there are none. */
function chosenOf(names: readonly string[]): readonly Experiment[] {
  if (names.length === 0) return experiments;
  return [...new Set(names)].map((name) => {
    const found = experiments.find((one) => one.name === name);
    if (found !== undefined) return found;
    const known = experiments.map((one) => one.name);
    const near = nearest(name, known) ?? known.find((one) => one.includes(name));
    const hint =
      near === undefined ? "`sim reproduce --list` shows what there is." : `Did you mean ${near}?`;
    throw new InputError(`There is no experiment ${name}. ${hint}`);
  });
}

function list(
  chosen: readonly Experiment[],
  { seeds, json }: ReproduceOptions,
  terminal: Terminal,
): void {
  const rows = chosen.map((one) => {
    const count = seeds === undefined ? one.seeds : wholeNumber("--seeds", seeds);
    return { name: one.name, source: one.source, rank: one.rank, runs: one.cells(count).length };
  });
  if (json === true) {
    terminal.out(`${JSON.stringify(rows)}\n`);
    return;
  }
  for (const { name, source, rank, runs } of rows) {
    terminal.out(`${terminal.bold(name)}  ${rank}, ${counted(runs, "run")}\n    ${source}\n`);
  }
}

interface OwnOptions {
  readonly seeds: number;
  readonly jobs: number;
  readonly interrupts: Interrupts;
}

/** Runs an experiment, writes its directory and prints its findings; undefined when the user ended it. */
async function reproduced(
  experiment: Experiment,
  own: OwnOptions,
  { out, quiet, json }: ReproduceOptions,
  terminal: Terminal,
): Promise<Reproduction | undefined> {
  const { name } = experiment;
  const isSilent = quiet === true || json === true;
  const finished = await runExperiment(experiment, {
    ...own,
    cells: join("runs", "reproduce", name, "cells"),
    isWatched: terminal.isWatched && quiet !== true,
  });
  if (finished === undefined) return undefined;
  const { runs, cpuSeconds } = finished;
  const content: Reproduction = {
    experiment,
    findings: experiment.judge(runs),
    figures: experiment.figures(runs),
    command: `sim reproduce ${name} --seeds ${own.seeds}`,
    version: version(),
    seeds: own.seeds,
    runs: runs.length,
    cpuSeconds: Math.round(cpuSeconds),
  };
  const directory = resolve(out, name);
  await write(directory, content);
  if (!isSilent) print(content, { directory, found: finished.found }, terminal);
  return content;
}

/** Charts of an earlier version may have other names. */
async function write(directory: string, content: Reproduction): Promise<void> {
  await rm(join(directory, "charts"), { recursive: true, force: true });
  const json = `${JSON.stringify(findingsJson(content), null, 2)}\n`;
  await writeWhole(join(directory, findingsFile), json);
  for await (const file of experimentFiles(content, fontFiles)) {
    await writeWhole(join(directory, file.path), file.content);
  }
}

/** The object of `findings.json`, and of `--json` for each experiment. */
function findingsJson(content: Reproduction): object {
  const { experiment, findings, figures, command, version: own, seeds, runs, cpuSeconds } = content;
  const { name, title, source, rank } = experiment;
  return {
    name,
    title,
    source,
    rank,
    version: own,
    command,
    seeds,
    runs,
    cpuSeconds,
    findings,
    figures,
  };
}

/** Of the longer verdict. */
const verdictWidth = "not reproduced".length;
const indent = " ".repeat(verdictWidth + 2);

function print(
  { experiment, findings, runs, cpuSeconds }: Reproduction,
  { directory, found }: { readonly directory: string; readonly found: number },
  terminal: Terminal,
): void {
  terminal.out(`${terminal.bold(experiment.title)}\n${experiment.source}\n\n`);
  for (const one of findings) {
    const interval = one.ours.interval === null ? "" : ` (${intervalText(one)})`;
    terminal.out(`${one.verdict.padEnd(verdictWidth)}  ${one.what}\n`);
    terminal.out(`${indent}here ${oursText(one)}${interval}; published: ${one.published}\n`);
    if (one.because !== undefined) terminal.out(`${indent}because ${one.because}\n`);
  }
  const before = found === 0 ? "" : ` (${found} from before)`;
  const cost = `${counted(runs, "run")}${before}, ${counted(cpuSeconds, "CPU second")}`;
  terminal.out(`\n${verdictText(findings)} · ${cost}\nFiles: ${shownPath(directory)}\n\n`);
}

/** A directory with anything but a reproduction in it is refused. */
async function expectUsable(path: string): Promise<void> {
  const inside: string[] = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new InputError(`${path} cannot be used: ${error.message}. Name another with --out.`);
  });
  if (inside.length === 0 || inside.includes(findingsFile)) return;
  throw new InputError(`${path} holds something else. Name another directory with --out.`);
}
