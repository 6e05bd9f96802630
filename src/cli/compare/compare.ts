import { join } from "node:path";
import { compare as compareVariants } from "../../compare/comparison.ts";
import type { RunFigures } from "../../compare/run-figures.ts";
import { compareShares } from "../../compare/shares.ts";
import type { ComparedRuns } from "../../report/comparison/variant-scale.ts";
import { counted } from "../../report/units.ts";
import { costSoFar } from "../cost.ts";
import { InputError } from "../exit-codes.ts";
import { loadScenario } from "../load-scenario.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { wholeNumber } from "../options.ts";
import { latenessText } from "../swarm/lateness-text.ts";
import type { Terminal } from "../terminal.ts";
import { type Batch, type BatchOptions, commandLine, commandWords, runBatch } from "./batch.ts";
import { writeEnd } from "./batch-manifest.ts";
import { comparisonJson, drawComparison, writeComparison } from "./comparison-files.ts";
import { comparisonText } from "./comparison-text.ts";
import {
  type Dimension,
  liveDimension,
  namedStrategies,
  strategyDimension,
  varyDimension,
} from "./dimensions.ts";
import { populations, sharesOf } from "./mixes.ts";
import { classPaths, planOf } from "./plan.ts";
import { type ShareVariants, shareVariants } from "./share-variants.ts";
import { type Variant, variantsOf } from "./variants.ts";

export interface CompareOptions extends BatchOptions {
  readonly choker?: string;
  readonly picker?: string;
  /** `path=value,value`, each. */
  readonly vary: readonly string[];
  /** Shares of the second of two chokers, with commas. */
  readonly share?: string;
  /** Each variant simulated and live. */
  readonly live?: boolean;
}

/** `sim compare`: runs variants of a scenario with the same seeds, and compares them. Returns the exit code. */
export async function compare(
  file: string,
  options: CompareOptions,
  terminal: Terminal,
): Promise<number> {
  const seeds = wholeNumber("--seeds", options.seeds);
  const shares = options.share === undefined ? undefined : await sharedVariants(file, options);
  const variants = shares?.variants ?? variantsOf(await dimensionsOf(file, options));
  const plan = await planOf(file, options.set, variants, seeds);
  const command = commandLine(wordsOf(file, options));
  const batch: Batch = { kind: "comparison", file, plan, command };
  const whole = (figures: RunFigures) => figures;
  return runBatch(batch, options, terminal, whole, async ({ directory, path, jobs, runs }) => {
    const content = contentOf(variants, runs, shares);
    const digests = runs.flatMap((own) => own.map(({ digest }) => digest));
    const cost = { jobs, ...costSoFar() };
    await writeComparison(directory, content, plan);
    await writeEnd(directory, batch, { digests, cost });
    if (options.report) await drawComparison(directory, content, batch);
    print(content, { batch, path }, options, terminal);
    if (options.open === true) openInBrowser(join(directory.path, "report.html"), terminal);
  });
}

function contentOf(
  variants: readonly Variant[],
  runs: readonly (readonly RunFigures[])[],
  shares: ShareVariants | undefined,
): ComparedRuns {
  const compared = variants.map(({ name }, at) => ({ name, runs: runs[at] ?? [] }));
  const content = { variants: compared, comparison: compareVariants(compared) };
  if (shares === undefined) return content;
  const { strategies, mixes } = shares;
  const results = compareShares(
    mixes.map(({ share, first, second }, at) => ({ share, first, second, runs: runs[at] ?? [] })),
  );
  return { ...content, shares: { strategies, results } };
}

async function sharedVariants(file: string, options: CompareOptions): Promise<ShareVariants> {
  const { choker = "", picker, vary, share = "" } = options;
  const strategies = choker === "" ? [] : namedStrategies("choker", choker);
  const [first, second] = strategies;
  if (first === undefined || second === undefined || strategies.length > 2) {
    throw new InputError(
      "--share is the share of the second of two chokers. Give two, as in --choker a,b.",
    );
  }
  if (options.live === true) {
    throw new InputError(
      "--live goes with --choker, --picker and --vary, or alone; not with --share.",
    );
  }
  if (picker !== undefined || vary.length > 0) {
    throw new InputError(
      "--share goes with --choker a,b alone. Use --set for what is to be different.",
    );
  }
  const shares = sharesOf("--share", share);
  const { scenario } = await loadScenario(file, options.set);
  return shareVariants(scenario, populations(scenario, options.for), [first, second], shares);
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
  if (options.live === true) dimensions.push(liveDimension);
  if (dimensions.length > 0) return dimensions;
  throw new InputError(
    "There is nothing to compare. Give --choker a,b or --picker a,b or --vary path=value,value or --live.",
  );
}

/** The command that makes the same comparison. */
function wordsOf(file: string, options: CompareOptions): string[] {
  const { choker, picker, share } = options;
  const words = ["sim", "compare", file];
  if (choker !== undefined) words.push("--choker", choker);
  if (picker !== undefined) words.push("--picker", picker);
  if (share !== undefined) words.push("--share", share);
  for (const vary of options.vary) words.push("--vary", vary);
  if (options.live === true) words.push("--live");
  return [...words, ...commandWords(options)];
}

function print(
  content: ComparedRuns,
  { batch, path }: { batch: Batch; path: string },
  options: CompareOptions,
  terminal: Terminal,
): void {
  const { plan } = batch;
  if (options.json === true) {
    terminal.out(`${JSON.stringify(comparisonJson(content, plan))}\n`);
    return;
  }
  if (options.quiet === true) return;
  terminal.out(comparisonText(plan.scenario, content, terminal.bold));
  const late = content.variants.flatMap(({ runs }) => runs.flatMap(({ live }) => live ?? []));
  if (late.length > 0) terminal.out(`\n${latenessText(late)}\n`);
  terminal.out(`\nFiles: ${path} (${counted(plan.cells.length, "run")})\n`);
  if (options.report) terminal.out(`Report: ${join(path, "report.html")}\n`);
}
