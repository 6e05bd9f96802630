import type { Comparison } from "../../compare/comparison.ts";
import {
  comparisonTables,
  shortComparisonHeader,
} from "../../report/comparison/comparison-table.ts";
import { counted } from "../../report/units.ts";
import { textTable } from "../text-table.ts";

/** Letters that a line has room for, and the fewest of them that names get. */
const lineWidth = 100;
const leastNames = 12;

/** What is printed of a comparison at its end: a block a class, a line a variant. */
export function comparisonText(
  scenario: string,
  comparison: Comparison,
  bold: (text: string) => string,
): string {
  const { seeds, variants } = comparison;
  const shownSeeds = seeds.length > 10 ? `${seeds[0]} … ${seeds.at(-1)}` : seeds.join(", ");
  const title = `${bold(scenario)}: ${counted(variants.length, "variant")}, ${counted(seeds.length, "seed")} (${shownSeeds})`;
  const tables = comparisonTables(comparison);
  const [, ...header] = shortComparisonHeader;
  const numbers = tables.flatMap(({ rows }) => rows.map(([, ...cells]) => ["", ...cells]));
  const room = lineWidth - (textTable(["", ...header], numbers).split("\n", 1)[0] ?? "").length;
  const width = Math.max(leastNames, room);
  const rows: string[][] = [];
  const heads = new Set<number>();
  for (const { group, rows: own } of tables) {
    heads.add(rows.length);
    rows.push([cut(group, width)]);
    for (const [name = "", ...cells] of own) rows.push([`  ${cut(name, width - 2)}`, ...cells]);
  }
  const lines = textTable(shortComparisonHeader, rows, bold).trimEnd().split("\n");
  const table = lines.map((line, at) => (heads.has(at - 1) ? bold(line.trimEnd()) : line));
  return `${title}\n\n${table.join("\n")}\n`;
}

/** The beginning and the end of a name that is too long: paths differ at the end. */
function cut(name: string, width: number): string {
  if (name.length <= width) return name;
  const kept = width - 1;
  return `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(-Math.floor(kept / 2))}`;
}
