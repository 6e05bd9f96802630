import { createHash } from "node:crypto";
import { join } from "node:path";
import type { RunResult } from "../metrics/results.ts";
import { Trace } from "../metrics/trace.ts";
import type { Manifest } from "../report/manifest.ts";
import { type Cost, summaryJson } from "../report/summary-json.ts";
import { clockTime } from "../report/units.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { Simulation } from "../sim/simulation.ts";
import { costSoFar } from "./cost.ts";
import { exitCodes } from "./exit-codes.ts";
import { type Interrupts, listenForInterrupts } from "./interrupts.ts";
import { LineFile } from "./line-file.ts";
import { type LoadedScenario, loadScenario } from "./load-scenario.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { progressBar } from "./progress-bar.ts";
import { RunDirectory, runName } from "./run-directory.ts";
import { traceFile, writeData, writeReport } from "./run-files.ts";
import { runToEnd } from "./run-loop.ts";
import { summaryText } from "./summary-text.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

export interface RunOptions {
  readonly seed?: string;
  /** Overrides as `path=value`. */
  readonly set: readonly string[];
  readonly out?: string;
  readonly trace?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly open?: boolean;
  /** False: no charts and no page. */
  readonly report: boolean;
}

/** `sim run`: simulates a scenario and writes what came of it. Returns the exit code. */
export async function run(file: string, options: RunOptions, terminal: Terminal): Promise<number> {
  const { seed, set } = options;
  const overrides = seed === undefined ? set : [...set, `seed=${yamlSeed(seed)}`];
  const loaded = await loadScenario(file, overrides);
  const directory = await RunDirectory.create(options.out, runName(file, loaded.scenario.seed));
  const interrupts = listenForInterrupts(() => directory.discard());
  try {
    const result = await simulated(loaded, options, directory, { interrupts, terminal });
    const cost = costSoFar();
    const scenario = loaded.resolvedText;
    const manifest = manifestOf(
      loaded.scenario,
      scenario,
      result,
      cost,
      commandLine(file, options),
    );
    await writeData(directory, { result, manifest, cost, scenario });
    if (options.report) await writeReport(directory, { result, manifest }, options.trace === true);
    const { path, replaced } = await directory.keep(result.summary.partial);
    if (replaced !== undefined && options.quiet !== true) {
      terminal.err(`Replaced the run with digest ${replaced.digest} that was in ${path}.\n`);
    }
    print(result, cost, path, options, terminal);
    if (options.open === true && options.report) openInBrowser(join(path, "report.html"), terminal);
    return result.summary.partial ? (interrupts.code ?? exitCodes.interrupted) : exitCodes.done;
  } finally {
    interrupts.ignore();
    directory.discard();
  }
}

/** Runs the simulation with its trace and its progress bar, as far as the user lets it. */
async function simulated(
  { scenario, strategies }: LoadedScenario,
  options: RunOptions,
  directory: RunDirectory,
  { interrupts, terminal }: { interrupts: Interrupts; terminal: Terminal },
): Promise<RunResult> {
  const clock = { now: 0 };
  const lines =
    options.trace === true ? new LineFile(join(directory.temporary, traceFile.path)) : undefined;
  const trace = lines && new Trace(clock, (line) => lines.write(line));
  const simulation = new Simulation(scenario, {
    strategies,
    check: options.check === true,
    ...(trace === undefined ? {} : { observer: trace }),
  });
  Object.defineProperty(clock, "now", { get: () => simulation.now });
  const isWatched = terminal.isWatched && options.quiet !== true;
  const display = isWatched ? progressBar() : undefined;
  const started = performance.now();
  try {
    return await runToEnd(simulation, {
      isCancelled: () => interrupts.code !== undefined,
      ...(display && {
        onProgress: (progress) => {
          const fraction =
            scenario.stop.when === "time"
              ? (progress.simulatedSeconds * 1000) / scenario.stop.atMost
              : progress.fraction;
          display.show(progress, Math.min(1, fraction), (performance.now() - started) / 1000);
        },
      }),
    });
  } finally {
    display?.stop();
    lines?.close();
  }
}

function print(
  result: RunResult,
  cost: Cost,
  path: string,
  options: RunOptions,
  terminal: Terminal,
): void {
  const { summary } = result;
  if (options.json === true) terminal.out(`${JSON.stringify(summaryJson(summary, cost))}\n`);
  if (summary.partial) {
    const time = clockTime(summary.simulatedSeconds);
    terminal.err(
      `Interrupted after ${time} of simulated time. What there is is marked partial: ${path}\n`,
    );
  }
  if (options.json === true || options.quiet === true) return;
  terminal.out(summaryText(result, cost, terminal.bold));
  terminal.out(`\nFiles: ${path}\n`);
  if (options.report) terminal.out(`Report: ${join(path, "report.html")}\n`);
}

function manifestOf(
  scenario: Scenario,
  text: string,
  { summary }: RunResult,
  cost: Cost,
  command: string,
): Manifest {
  return {
    version: version(),
    scenario: scenario.name,
    description: scenario.description,
    command,
    seed: summary.seed,
    digest: summary.digest,
    scenarioSha256: createHash("sha256").update(text).digest("hex"),
    partial: summary.partial,
    machine: { node: process.version, platform: `${process.platform}-${process.arch}`, ...cost },
  };
}

/** A seed is text. A number is left as it is, for the sake of messages. */
function yamlSeed(seed: string): string {
  return /^(0|[1-9]\d{0,14})$/.test(seed) ? seed : JSON.stringify(seed);
}

/** The command that makes the same run. */
function commandLine(file: string, { seed, set }: RunOptions): string {
  const words = ["sim", "run", file];
  if (seed !== undefined) words.push("--seed", seed);
  for (const override of set) words.push("--set", override);
  return words.map(quoted).join(" ");
}

function quoted(word: string): string {
  return /^[\w./:=@%+,[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
