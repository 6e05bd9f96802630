import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { compare as compareVariants } from "../../compare/comparison.ts";
import type { ComparedRuns } from "../../report/comparison/variant-scale.ts";
import { counted } from "../../report/units.ts";
import { costSoFar } from "../cost.ts";
import { exitCodes, InputError } from "../exit-codes.ts";
import { type Interrupts, listenForInterrupts } from "../interrupts.ts";
import { loadScenario } from "../load-scenario.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { runName } from "../run-directory.ts";
import { quoted } from "../run-manifest.ts";
import type { Terminal } from "../terminal.ts";
import { ComparisonDirectory } from "./comparison-directory.ts";
import {
  comparisonJson,
  drawComparison,
  writeBeginning,
  writeComparison,
} from "./comparison-files.ts";
import { comparisonText } from "./comparison-text.ts";
import { type Dimension, strategyDimension, varyDimension } from "./dimensions.ts";
import { classPaths, type Plan, planOf } from "./plan.ts";
import { runPlan } from "./run-plan.ts";
import { variantsOf } from "./variants.ts";

/** What every command takes that runs a scenario many times. */
export interface BatchOptions {
  /** Overrides as `path=value`. */
  readonly set: readonly string[];
  readonly seeds: string;
  readonly jobs?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly open?: boolean;
  /** False: no charts and no page. */
  readonly report: boolean;
}

export interface CompareOptions extends BatchOptions {
  readonly choker?: string;
  readonly picker?: string;
  /** `path=value,value`, each. */
  readonly vary: readonly string[];
  /** Classes that `choker` and `picker` go to. */
  readonly for: readonly string[];
}

/** `sim compare`: runs variants of a scenario with the same seeds, and compares them. Returns the exit code. */
export async function compare(
  file: string,
  options: CompareOptions,
  terminal: Terminal,
): Promise<number> {
  const seeds = wholeNumber("--seeds", options.seeds);
  const jobs =
    options.jobs === undefined ? availableParallelism() : wholeNumber("--jobs", options.jobs);
  const dimensions = await dimensionsOf(file, options);
  const plan = await planOf(file, options.set, variantsOf(dimensions), seeds);
  const directory = await ComparisonDirectory.open(resolve(options.out ?? defaultPath(file, plan)));
  const command = commandLine(file, options);
  await writeBeginning(directory, plan, command);
  const interrupts = listenForInterrupts(() => undefined);
  try {
    const runs = await runPlan(plan, directory, {
      jobs,
      interrupts,
      terminal,
      quiet: options.quiet === true,
    });
    if (runs === undefined) return interrupted(directory, interrupts, terminal);
    const variants = plan.variants.map(({ name }, at) => ({ name, runs: runs[at] ?? [] }));
    const content: ComparedRuns = { variants, comparison: compareVariants(variants) };
    const files = { plan, command, content, cost: { jobs, ...costSoFar() } };
    await writeComparison(directory, files);
    if (options.report) await drawComparison(directory, files);
    print({ content, plan, path: shown(directory.path) }, options, terminal);
    if (options.open === true) openInBrowser(join(directory.path, "report.html"), terminal);
    return interrupts.code ?? exitCodes.done;
  } finally {
    interrupts.ignore();
  }
}

async function dimensionsOf(file: string, options: CompareOptions): Promise<Dimension[]> {
  const { choker, picker } = options;
  const dimensions: Dimension[] = [];
  if (choker !== undefined || picker !== undefined) {
    const { scenario } = await loadScenario(file, options.set);
    const paths = classPaths(scenario, options.for);
    if (choker !== undefined) dimensions.push(strategyDimension("choker", choker, paths));
    if (picker !== undefined) dimensions.push(strategyDimension("picker", picker, paths));
  } else if (options.for.length > 0) {
    throw new InputError("--for says which classes --choker or --picker go to; give one of these.");
  }
  dimensions.push(...options.vary.map(varyDimension));
  if (dimensions.length > 0) return dimensions;
  throw new InputError(
    "There is nothing to compare. Give --choker a,b or --picker a,b or --vary path=value,value.",
  );
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 10_000) return value;
  throw new InputError(`${option} ${text}: must be a whole number from 1 to 10000.`);
}

/** The same for the same command, so that it goes on where it was ended. */
function defaultPath(file: string, plan: Plan): string {
  const ids = plan.cells.map(({ id }) => id).join();
  const hash = createHash("sha256").update(ids).digest("hex").slice(0, 6);
  return join("runs", runName(file, `compare-${hash}`));
}

/** The command that makes the same comparison, but for where its files go. */
function commandLine(file: string, options: CompareOptions): string {
  const { choker, picker, seeds } = options;
  const words = ["sim", "compare", file];
  if (choker !== undefined) words.push("--choker", choker);
  if (picker !== undefined) words.push("--picker", picker);
  for (const name of options.for) words.push("--for", name);
  for (const vary of options.vary) words.push("--vary", vary);
  words.push("--seeds", seeds);
  for (const override of options.set) words.push("--set", override);
  return words.map(quoted).join(" ");
}

function interrupted(
  directory: ComparisonDirectory,
  interrupts: Interrupts,
  terminal: Terminal,
): number {
  terminal.err(
    `Interrupted. The runs that were over are in ${shown(directory.path)}: the same command goes on from there.\n`,
  );
  return interrupts.code ?? exitCodes.bug;
}

interface Printed {
  readonly content: ComparedRuns;
  readonly plan: Plan;
  readonly path: string;
}

function print(
  { content, plan, path }: Printed,
  options: CompareOptions,
  terminal: Terminal,
): void {
  if (options.json === true) {
    terminal.out(`${JSON.stringify(comparisonJson({ content, plan }))}\n`);
    return;
  }
  if (options.quiet === true) return;
  terminal.out(comparisonText(plan.scenario, content.comparison, terminal.bold));
  terminal.out(`\nFiles: ${path} (${counted(plan.cells.length, "run")})\n`);
  if (options.report) terminal.out(`Report: ${join(path, "report.html")}\n`);
}

/** A path as short as it gets from here. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") || short === "" ? path : short;
}
