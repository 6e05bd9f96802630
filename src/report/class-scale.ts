import type { RunResult } from "../metrics/results.ts";
import type { Json } from "./chart.ts";
import { colourOf, dashOf, palette } from "./theme.ts";

/** The names of a run's classes, in the scenario's order, which decides their colours. */
export function classNames(result: RunResult): string[] {
  return Object.keys(result.summary.classes);
}

/** A class's name as a sentence has room for it. */
export function shortName(name: string): string {
  return name.length <= 24 ? name : `${name.slice(0, 23)}…`;
}

/** Encodings that give each class its colour, the same in all charts. `shown` are those in this chart. */
export function classEncoding(result: RunResult, shown: readonly string[]): Json {
  const all = classNames(result);
  const numbers = shown.map((name) => all.indexOf(name));
  const color = {
    field: "class",
    type: "nominal",
    scale: { domain: shown, range: numbers.map(colourOf) },
    legend: shown.length > 1 ? { symbolType: "stroke" } : null,
  };
  if (all.length <= palette.length) return { color };
  const scale = { domain: shown, range: numbers.map(dashOf) };
  return { color, strokeDash: { field: "class", type: "nominal", scale } };
}
