import type { Comparison } from "../../compare/comparison.ts";
import { type Measures, measureKeys } from "../../compare/measures.ts";
import type { Table } from "../tables.ts";
import type { ComparedRuns } from "./variant-scale.ts";

/** A line of `comparison.csv`: one number. */
export interface ComparisonRow {
  readonly variant: string;
  readonly seed: string;
  /** A class, or "all leechers". */
  readonly group: string;
  /** A key of `Measures`, or `speedUp`. */
  readonly measure: string;
  readonly value: number | null;
}

export const comparisonTable: Table<ComparisonRow> = {
  file: "comparison.csv",
  columns: { variant: "text", seed: "text", group: "text", measure: "text", value: "number?" },
};

/** A line of a comparison's `peers.csv`: a peer in one run. */
export interface ComparedPeerRow {
  readonly variant: string;
  readonly seed: string;
  readonly peer: number;
  readonly class: string;
  readonly role: string;
  readonly arrivedSeconds: number;
  readonly completionSeconds: number | null;
  readonly uploadCapacityBytesPerSecond: number | null;
  readonly downloadCapacityBytesPerSecond: number | null;
  readonly uploadedBytes: number;
  readonly downloadedBytes: number;
}

export const comparedPeersTable: Table<ComparedPeerRow> = {
  file: "peers.csv",
  columns: {
    variant: "text",
    seed: "text",
    peer: "number",
    class: "text",
    role: "text",
    arrivedSeconds: "number",
    completionSeconds: "number?",
    uploadCapacityBytesPerSecond: "limit?",
    downloadCapacityBytesPerSecond: "limit?",
    uploadedBytes: "number",
    downloadedBytes: "number",
  },
};

export function comparisonRows({ variants, seeds }: Comparison): ComparisonRow[] {
  return variants.flatMap(({ name, groups }) =>
    groups.flatMap(({ group, perSeed, speedUp }) =>
      seeds.flatMap((seed, at) => {
        const place = { variant: name, seed, group };
        const measures = perSeed[at] as Measures;
        return [
          ...measureKeys.map((measure) => ({ ...place, measure, value: measures[measure] })),
          ...(speedUp === null
            ? []
            : [{ ...place, measure: "speedUp", value: speedUp.perSeed[at] ?? null }]),
        ];
      }),
    ),
  );
}

export function comparedPeerRows({ variants }: ComparedRuns): ComparedPeerRow[] {
  return variants.flatMap(({ name, runs }) =>
    runs.flatMap(({ seed, peers }) => peers.map((peer) => ({ variant: name, seed, ...peer }))),
  );
}
