import type { Comparison, GroupResult } from "../../compare/comparison.ts";
import type { RunFigures } from "../../compare/run-figures.ts";
import type { ShareResult } from "../../compare/shares.ts";
import type { Json } from "../chart.ts";
import { colourOf, dashOf, palette } from "../theme.ts";

/** What the charts of a comparison are drawn from. */
export interface ComparedRuns {
  readonly variants: readonly { readonly name: string; readonly runs: readonly RunFigures[] }[];
  readonly comparison: Comparison;
  /** Where the variants are shares of two strategies. */
  readonly shares?: SharesContent;
}

/** Two strategies in one population, a result a share of the second. */
export interface SharesContent {
  readonly strategies: readonly [string, string];
  readonly results: readonly ShareResult[];
}

/**
 * Encodings that give each variant its colour, the same in all charts. `all` are the variants of the comparison, which decide
 * the colours; `shown` are those in this chart.
 */
export function variantEncoding(
  all: readonly string[],
  shown: readonly string[],
  symbol: "stroke" | "circle",
): Json {
  const numbers = shown.map((name) => all.indexOf(name));
  const color = {
    field: "variant",
    type: "nominal",
    scale: { domain: shown, range: numbers.map(colourOf) },
    legend: shown.length > 1 ? { symbolType: symbol, symbolOpacity: 1 } : null,
  };
  if (symbol !== "stroke" || all.length <= palette.length) return { color };
  const scale = { domain: shown, range: numbers.map(dashOf) };
  return { color, strokeDash: { field: "variant", type: "nominal", scale } };
}

/** The variants' names, in order. */
export function variantNames({ variants }: ComparedRuns): string[] {
  return variants.map(({ name }) => name);
}

/** The groups of leechers that differ: where there is one class of them, it is all of them. */
export function leecherGroups({ variants }: Comparison): GroupResult[] {
  const groups = variants[0]?.groups.filter(({ role }) => role !== "seeder") ?? [];
  return groups.length === 2 ? groups.slice(1) : groups;
}

/** How many seeds there are, as a caption says it: `5 seeds`. */
export function seedCount({ seeds }: Comparison): string {
  return seeds.length === 1 ? "1 seed" : `${seeds.length} seeds`;
}
