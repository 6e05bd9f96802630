import { comparisonReportFiles } from "../../report/comparison/comparison-report.ts";
import {
  comparedPeerRows,
  comparedPeersTable,
  comparisonRows,
  comparisonTable,
} from "../../report/comparison/comparison-rows.ts";
import type { ComparedRuns } from "../../report/comparison/variant-scale.ts";
import type { PageFile } from "../../report/page-parts.ts";
import type { Cost } from "../../report/summary-json.ts";
import { csv } from "../../report/tables.ts";
import { manifestFile } from "../manifest-file.ts";
import { fontFiles } from "../run-files.ts";
import { version } from "../version.ts";
import type { ComparisonDirectory } from "./comparison-directory.ts";
import type { Plan } from "./plan.ts";

const comparisonFile = "comparison.json";

/** The data files of a comparison. */
const dataFiles: readonly PageFile[] = [
  { path: comparisonFile, summary: "Means, values by seed, speed-ups and their intervals" },
  {
    path: comparisonTable.file,
    summary: "A line a number: variant, seed, class, measure, value",
  },
  {
    path: comparedPeersTable.file,
    summary: "A line a peer and a run: class, capacities, bytes, completion",
  },
  { path: manifestFile, summary: "Version, command, variants, and the digest of each run" },
];

/** A comparison with what it takes to write it down. */
export interface ComparisonFiles {
  readonly plan: Plan;
  /** The command line that makes the same comparison. */
  readonly command: string;
  readonly content: ComparedRuns;
  readonly cost: Cost & { readonly jobs: number };
}

/** The object of `comparison.json` and `--json`. */
export function comparisonJson({
  content,
  plan,
}: Pick<ComparisonFiles, "content" | "plan">): object {
  const { comparison } = content;
  return {
    scenario: plan.scenario,
    seeds: comparison.seeds,
    variants: comparison.variants.map(({ name, groups }, at) => ({
      name,
      overrides: plan.variants[at]?.overrides ?? [],
      groups: Object.fromEntries(groups.map(({ group, ...rest }) => [group, rest])),
    })),
  };
}

/** Writes the manifest of a comparison that has only begun, so that one can tell what the directory is. */
export async function writeBeginning(
  directory: ComparisonDirectory,
  plan: Plan,
  command: string,
): Promise<void> {
  await directory.write(manifestFile, json(manifest(plan, command)));
}

/** Writes the data of a comparison, its manifest last. */
export async function writeComparison(
  directory: ComparisonDirectory,
  files: ComparisonFiles,
): Promise<void> {
  const { plan, command, content, cost } = files;
  await directory.write(comparisonFile, json(comparisonJson(files)));
  const rows = comparisonRows(content.comparison);
  await directory.write(comparisonTable.file, csv(comparisonTable, rows));
  await directory.write(
    comparedPeersTable.file,
    csv(comparedPeersTable, comparedPeerRows(content)),
  );
  const digests = content.variants.flatMap(({ runs }) => runs.map(({ digest }) => digest));
  const machine = {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    ...cost,
  };
  await directory.write(manifestFile, json(manifest(plan, command, { digests, machine })));
}

/** Draws the charts and the page. */
export async function drawComparison(
  directory: ComparisonDirectory,
  { plan, command, content }: ComparisonFiles,
): Promise<void> {
  const { scenario, description } = plan;
  const origin = { version: version(), scenario, description, command };
  const report = { content, origin, files: dataFiles, fontFiles };
  for await (const file of comparisonReportFiles(report)) {
    await directory.write(file.path, file.content);
  }
}

/** What makes the comparison again; with the end of it, what came of the runs. */
function manifest(
  plan: Plan,
  command: string,
  end?: { readonly digests: readonly string[]; readonly machine: object },
): object {
  return {
    kind: "comparison",
    version: version(),
    scenario: plan.scenario,
    description: plan.description,
    command,
    complete: end !== undefined,
    seeds: plan.seeds,
    variants: plan.variants.map(({ name, overrides }) => ({ name, overrides })),
    cells: plan.cells.map(({ id, variant, seed }, at) => ({
      id,
      variant: plan.variants[variant]?.name,
      seed,
      ...(end && { digest: end.digests[at] }),
    })),
    ...(end && { machine: end.machine }),
  };
}

function json(object: object): string {
  return `${JSON.stringify(object, null, 2)}\n`;
}
