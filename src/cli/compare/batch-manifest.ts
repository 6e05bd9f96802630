import type { Cost } from "../../report/summary-json.ts";
import { manifestFile } from "../manifest-file.ts";
import { version } from "../version.ts";
import type { Batch } from "./batch.ts";
import type { BatchDirectory } from "./batch-directory.ts";

type Made = Pick<Batch, "kind" | "plan" | "command">;

/** What came of the runs. */
export interface BatchEnd {
  /** In the order of the plan's cells. */
  readonly digests: readonly string[];
  readonly cost: Cost & { readonly jobs: number };
}

/** Writes the manifest of runs that have only begun, so that one can tell what the directory is. */
export async function writeBeginning(directory: BatchDirectory, made: Made): Promise<void> {
  await directory.write(manifestFile, json(manifest(made)));
}

/** Writes the manifest of runs that are over: the last of the data files. */
export async function writeEnd(
  directory: BatchDirectory,
  made: Made,
  end: BatchEnd,
): Promise<void> {
  await directory.write(manifestFile, json(manifest(made, end)));
}

/** What makes the runs again; at their end, what came of them. */
function manifest({ kind, plan, command }: Made, end?: BatchEnd): object {
  return {
    kind,
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
    ...(end && {
      machine: {
        node: process.version,
        platform: `${process.platform}-${process.arch}`,
        ...end.cost,
      },
    }),
  };
}

/** An object as the text of a JSON file. */
export function json(object: object): string {
  return `${JSON.stringify(object, null, 2)}\n`;
}
