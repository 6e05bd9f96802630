import { createHash } from "node:crypto";
import type { Experiment, ExperimentCell } from "../../experiments/experiment.ts";
import { parseScenario } from "../../scenario/parse.ts";
import { writeScenario } from "../../scenario/write.ts";
import { builtInStrategies } from "../../strategies/built-in.ts";
import type { Cell } from "../simulation-worker.ts";
import { version } from "../version.ts";

/** A run of an experiment that can be run. */
export interface PlannedCell {
  readonly own: ExperimentCell;
  readonly cell: Cell;
  /** Changes with the scenario, the version, and the code that says what is kept. */
  readonly key: string;
}

/** The runs of an experiment with so many seeds. */
export function planOf(experiment: Experiment, seeds: number): PlannedCell[] {
  return experiment.cells(seeds).map((own) => {
    const scenario = parseScenario(own.scenario, {
      fileName: `${experiment.name}/${own.id}`,
      overrides: [`seed=${own.seed}`],
      strategyNames: {
        chokers: [...builtInStrategies.chokers.keys()],
        pickers: [...builtInStrategies.pickers.keys()],
      },
    });
    const { observe } = own;
    const parts = [version(), writeScenario(scenario), observe ?? [], String(experiment.keep)];
    const key = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 20);
    return { own, key, cell: { scenario, modules: [], ...(observe && { observe }) } };
  });
}
