import {
  comparisonTables,
  shortComparisonHeader,
} from "../../report/comparison/comparison-table.ts";
import { sharesTable } from "../../report/comparison/shares-table.ts";
import type { ComparedRuns, SharesContent } from "../../report/comparison/variant-scale.ts";
import { counted } from "../../report/units.ts";
import { shortened } from "../shortened.ts";
import { textTable } from "../text-table.ts";

/** Letters that a line has room for, and the fewest of them that names get. */
const lineWidth = 100;
const leastNames = 12;

/** What is printed of a comparison at its end: a block a class, a line a variant. */
export function comparisonText(
  scenario: string,
  { comparison, shares }: Omit<ComparedRuns, "variants">,
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
    rows.push([shortened(group, width)]);
    for (const [name = "", ...cells] of own)
      rows.push([`  ${shortened(name, width - 2)}`, ...cells]);
  }
  const lines = textTable(shortComparisonHeader, rows, bold).trimEnd().split("\n");
  const table = lines.map((line, at) => (heads.has(at - 1) ? bold(line.trimEnd()) : line));
  return `${title}\n\n${table.join("\n")}\n${shares === undefined ? "" : `\n${sharesText(shares, bold)}`}`;
}

/** A line a share: how fast both strategies are beside each other. */
function sharesText(shares: SharesContent, bold: (text: string) => string): string {
  const { header, rows } = sharesTable(shares);
  return textTable(header, rows, bold);
}
