import { comparisonReportFiles } from "../../report/comparison/comparison-report.ts";
import {
  comparedPeerRows,
  comparedPeersTable,
  comparisonRows,
  comparisonTable,
} from "../../report/comparison/comparison-rows.ts";
import type { ComparedRuns } from "../../report/comparison/variant-scale.ts";
import { fontFiles } from "../../report/font-files.ts";
import type { PageFile } from "../../report/page-parts.ts";
import { csv } from "../../report/tables.ts";
import { manifestFile } from "../manifest-file.ts";
import { version } from "../version.ts";
import type { Batch } from "./batch.ts";
import type { BatchDirectory } from "./batch-directory.ts";
import { json } from "./batch-manifest.ts";
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

/** The object of `comparison.json` and `--json`. */
export function comparisonJson({ comparison, shares }: ComparedRuns, plan: Plan): object {
  return {
    scenario: plan.scenario,
    seeds: comparison.seeds,
    variants: comparison.variants.map(({ name, groups }, at) => ({
      name,
      overrides: plan.variants[at]?.overrides ?? [],
      groups: Object.fromEntries(groups.map(({ group, ...rest }) => [group, rest])),
    })),
    ...(shares && { shares }),
  };
}

/** Writes the data of a comparison. */
export async function writeComparison(
  directory: BatchDirectory,
  content: ComparedRuns,
  plan: Plan,
): Promise<void> {
  await directory.write(comparisonFile, json(comparisonJson(content, plan)));
  const rows = comparisonRows(content.comparison);
  await directory.write(comparisonTable.file, csv(comparisonTable, rows));
  const peers = csv(comparedPeersTable, comparedPeerRows(content));
  await directory.write(comparedPeersTable.file, peers);
}

/** Draws the charts and the page. */
export async function drawComparison(
  directory: BatchDirectory,
  content: ComparedRuns,
  { plan, command }: Batch,
): Promise<void> {
  const { scenario, description } = plan;
  const origin = { version: version(), scenario, description, command };
  const report = { content, origin, files: dataFiles, fontFiles };
  for await (const file of comparisonReportFiles(report)) {
    await directory.write(file.path, file.content);
  }
}
