import type { ObserverName } from "../metrics/observers.ts";
import type { RunResult } from "../metrics/results.ts";
import type { Estimate } from "./estimate.ts";
import type { Figure } from "./figure.ts";

/**
 * What may be asked of a reproduction. hard: follows from a theorem or an exact algorithm; statistical: measured or simulated
 * numbers, over several seeds; demonstration: a direction alone.
 */
export type Rank = "hard" | "statistical" | "demonstration";

/** One run of an experiment. */
export interface ExperimentCell {
  /** Its own among the experiment's, and the name of its file: letters, digits, `.`, `_` and `-`. */
  readonly id: string;
  /** Runs that differ in the seed alone have the same: the name of a point in a chart or of a row in a table. */
  readonly variant: string;
  /** A scenario as YAML (or JSON, which is YAML), without a seed. */
  readonly scenario: string;
  /** Cells of the same seed are a pair: the same arrivals, links and ties wherever their scenarios are alike. */
  readonly seed: number;
  /** What the run is observed by beside; `keep` finds their tables in `result.observed`. */
  readonly observe?: readonly ObserverName[];
}

/** A finished run and what is kept of it. */
export interface KeptRun<K> {
  readonly cell: Omit<ExperimentCell, "scenario">;
  readonly kept: K;
}

export type Verdict = "reproduced" | "not reproduced";

/** What is claimed, and what came of it. */
export interface Finding {
  readonly what: string;
  /** With its unit, and with its place in the paper where it has one. */
  readonly published: string;
  readonly ours: Estimate & { readonly unit: string };
  /** What counts as reproduced, in words. Chosen before the runs, and nothing is fitted to meet it. */
  readonly tolerance: string;
  readonly verdict: Verdict;
  /** Why it is not reproduced, or what else must be known. With evidence. */
  readonly because?: string;
}

/**
 * A published experiment as data and functions. `K` is what is kept of a run: plain JSON, a few numbers. Everything else is made
 * of these, so that charts and verdicts change without running anything again.
 */
export interface Experiment<K = unknown> {
  /** In commands and paths: author, year, subject, as in `legout-2007-clustering`. */
  readonly name: string;
  readonly title: string;
  /** Authors, title, venue, and the figure, table or section. */
  readonly source: string;
  readonly rank: Rank;
  /** What the paper did and found. */
  readonly paper: string;
  /** What is otherwise here, a sentence each: scale, links, clients; and why that is harmless or not. */
  readonly differences: readonly string[];
  /** How many seeds it is run with if nobody says. */
  readonly seeds: number;
  /** Each seed is another swarm, in its size too; otherwise the runs of a variant differ in the seed alone. */
  readonly variesBySeed?: boolean;
  /** The runs with the seeds 1 to `seeds`. */
  cells(seeds: number): readonly ExperimentCell[];
  /** What is kept of a finished run. */
  keep(result: RunResult, cell: ExperimentCell): K;
  judge(runs: readonly KeptRun<K>[]): readonly Finding[];
  figures(runs: readonly KeptRun<K>[]): readonly Figure[];
}

/** A variant of an experiment before it is run with seeds. */
export interface Variant {
  readonly name: string;
  /** As an object of a scenario's keys. */
  readonly scenario: object;
  readonly observe?: readonly ObserverName[];
}

/** A cell for each variant and seed; the id is made of both. */
export function cellsOf(variants: readonly Variant[], seeds: number): ExperimentCell[] {
  return variants.flatMap(({ name, scenario, observe }) =>
    Array.from({ length: seeds }, (_, at) => ({
      id: `${name.replaceAll(/[^A-Za-z0-9._-]+/g, "-")}-${at + 1}`,
      variant: name,
      scenario: JSON.stringify(scenario),
      seed: at + 1,
      ...(observe && { observe }),
    })),
  );
}
