import { join } from "node:path";
import type { RunResult } from "../metrics/results.ts";
import { type Cost, summaryJson } from "../report/summary-json.ts";
import { clockTime } from "../report/units.ts";
import { costSoFar } from "./cost.ts";
import { exitCodes, isInputError } from "./exit-codes.ts";
import { type Interrupts, listenForInterrupts } from "./interrupts.ts";
import { type LoadedScenario, loadScenario } from "./load-scenario.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { fractionOf, progressBar } from "./progress-bar.ts";
import { RunDirectory, runName } from "./run-directory.ts";
import { drawnFiles, type ReportRequest, traceFile, writeData, writeReport } from "./run-files.ts";
import { runManifest } from "./run-manifest.ts";
import { runCells } from "./simulation-pool.ts";
import type { Cell } from "./simulation-worker.ts";
import { summaryText } from "./summary-text.ts";
import type { Terminal } from "./terminal.ts";

export interface RunOptions {
  readonly seed?: string;
  /** Overrides as `path=value`. */
  readonly set: readonly string[];
  readonly out?: string;
  readonly trace?: boolean;
  /** The trace has every rechoke round too. */
  readonly rechokes?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly open?: boolean;
  /** False: no charts and no page. */
  readonly report: boolean;
}

/** A way to run a scenario that is not to simulate it. */
export interface OtherWay {
  readonly verb: "live";
  /** Looks whether it can be, and tells what to expect. Throws an InputError when it cannot. */
  begin(loaded: LoadedScenario): Promise<void>;
  readonly cell: Pick<Cell, "live">;
  /** Gives back what `begin` took. Waits for nothing, so that a signal can ask for it. */
  cleanUp(): void;
  /** For people, of a run that is over. */
  facts(result: RunResult): string;
}

/** `sim run`: simulates a scenario and writes what came of it; other ways do the same. Returns the exit code. */
export async function run(
  file: string,
  options: RunOptions,
  terminal: Terminal,
  way?: OtherWay,
): Promise<number> {
  const { seed, set } = options;
  const overrides = seed === undefined ? set : [...set, `seed=${yamlSeed(seed)}`];
  const loaded = await loadScenario(file, overrides);
  const name = runName(
    file,
    way === undefined ? loaded.scenario.seed : `live-${loaded.scenario.seed}`,
  );
  const directory = await RunDirectory.create(options.out, name);
  const discard = () => {
    directory.discard();
    way?.cleanUp();
  };
  const interrupts = listenForInterrupts(discard);
  try {
    await way?.begin(loaded);
    const result = await simulated(loaded, options, directory, { interrupts, terminal, way });
    if (result === undefined) {
      terminal.err("Interrupted. There is nothing to keep.\n");
      return interrupts.code ?? exitCodes.bug;
    }
    const cost = costSoFar();
    const { resolvedText, scenario } = loaded;
    const { verb } = way ?? { verb: "run" as const };
    const request = { verb, file, seed, set, resolvedText, description: scenario.description };
    const manifest = runManifest(request, result.summary, cost);
    await writeData(directory, { result, manifest, cost, scenario: resolvedText });
    const { partial } = result.summary;
    const drawn = await draw(directory, options, {
      result,
      manifest,
      isTraced: options.trace === true,
      isCancelled: () => !partial && interrupts.code !== undefined,
    });
    const { path, replaced } = await directory.keep(partial);
    if (replaced !== undefined && options.quiet !== true) {
      terminal.err(`Replaced the run with digest ${replaced.digest} that was in ${path}.\n`);
    }
    print({ result, cost, path, drawn, way }, options, terminal);
    if (options.open === true && drawn === true) {
      openInBrowser(join(path, "report.html"), terminal);
    }
    if (typeof drawn === "object") throw drawn.error;
    return interrupts.code ?? exitCodes.done;
  } finally {
    interrupts.ignore();
    discard();
  }
}

/** Runs the simulation with its trace and its progress bar, as far as the user lets it. */
async function simulated(
  { scenario, strategies }: LoadedScenario,
  options: RunOptions,
  directory: RunDirectory,
  {
    interrupts,
    terminal,
    way,
  }: { interrupts: Interrupts; terminal: Terminal; way: OtherWay | undefined },
): Promise<RunResult | undefined> {
  const isWatched = terminal.isWatched && options.quiet !== true;
  const display = isWatched ? await progressBar(way !== undefined) : undefined;
  const started = performance.now();
  const trace = options.trace === true ? join(directory.temporary, traceFile.path) : undefined;
  const cell = {
    scenario,
    modules: strategies.modules,
    check: options.check === true,
    ...way?.cell,
    ...(trace === undefined ? {} : { trace, rechokes: options.rechokes === true }),
  };
  let result: RunResult | undefined;
  try {
    await runCells("runCell", [cell], {
      signal: interrupts.signal,
      onDone: (_, done) => {
        result = done;
      },
      ...(display && {
        onProgress: ([one]) => {
          if (one === undefined) return;
          const seconds = (performance.now() - started) / 1000;
          display.show(one.progress, fractionOf(one.progress, scenario.stop), seconds);
        },
      }),
    });
    return result;
  } catch (error) {
    // A strategy that hangs cannot be asked for what there is.
    if (interrupts.code === undefined || !isInputError(error)) throw error;
    terminal.err(`${error.message}\n`);
    return undefined;
  } finally {
    display?.stop();
  }
}

/** Whether the charts and the page were drawn, or why they could not be. */
type Drawn = boolean | { readonly error: unknown };

/** A disk that is full now, or a fault of ours in a chart, must not cost the hours that the data took. */
async function draw(
  directory: RunDirectory,
  options: RunOptions,
  request: ReportRequest,
): Promise<Drawn> {
  let drawn: Drawn = false;
  try {
    drawn = options.report && (await writeReport(directory, request));
  } catch (error) {
    drawn = { error };
  }
  if (drawn !== true) for (const path of drawnFiles) directory.remove(path);
  return drawn;
}

/** A run whose files are in their place. */
interface KeptRun {
  readonly result: RunResult;
  readonly cost: Cost;
  readonly path: string;
  readonly drawn: Drawn;
  readonly way: OtherWay | undefined;
}

function print(run: KeptRun, options: RunOptions, terminal: Terminal): void {
  const { result, cost, path, drawn, way } = run;
  const { summary } = result;
  if (options.json === true) terminal.out(`${JSON.stringify(summaryJson(summary, cost))}\n`);
  if (summary.partial) {
    const time = `${clockTime(summary.simulatedSeconds)}${way ? "" : " of simulated time"}`;
    terminal.err(`Interrupted after ${time}. What there is is marked partial: ${path}\n`);
  }
  if (options.report && drawn !== true) {
    const why = drawn === false ? "Interrupted before" : "Failed while";
    terminal.err(`${why} drawing. The data is there: \`sim report ${path}\` draws the charts.\n`);
  }
  if (options.json === true || options.quiet === true) return;
  terminal.out(summaryText(result, cost, terminal.bold, way !== undefined));
  if (way !== undefined) terminal.out(way.facts(result));
  terminal.out(`\nFiles: ${path}\n`);
  if (drawn === true) terminal.out(`Report: ${join(path, "report.html")}\n`);
}

/** A seed is text. A number is left as it is, for the sake of messages. */
function yamlSeed(seed: string): string {
  return /^(0|[1-9]\d{0,14})$/.test(seed) ? seed : JSON.stringify(seed);
}
