import {
  type DrawnChart,
  escaped,
  figures,
  fileList,
  htmlPage,
  type PageFile,
} from "../page-parts.ts";
import { palette } from "../theme.ts";
import { counted, grouped } from "../units.ts";
import { comparisonHeader, comparisonTables } from "./comparison-table.ts";
import { sharesTable } from "./shares-table.ts";
import type { ComparedRuns, SharesContent } from "./variant-scale.ts";

/** What a comparison's page says of how it was made. */
export interface ComparisonOrigin {
  /** Of Swarmlab. */
  readonly version: string;
  readonly scenario: string;
  readonly description: string;
  readonly command: string;
}

export interface ComparisonPageContent {
  readonly content: ComparedRuns;
  readonly origin: ComparisonOrigin;
  readonly charts: readonly DrawnChart[];
  readonly files: readonly PageFile[];
}

/** The page of a comparison: tables by class, all charts, and where they come from. */
export function comparisonPage({ content, origin, charts, files }: ComparisonPageContent): string {
  const { scenario, description, version } = origin;
  const about = description === "" ? "" : `<p>${escaped(description)}</p>\n`;
  const { seeds, variants } = content.comparison;
  const body = `<header>
<h1>${escaped(scenario)}: a comparison</h1>
${about}<p class="lead">${counted(variants.length, "variant")} with ${counted(seeds.length, "seed")} each, the same for all: the same peers come at the same times over the same links.</p>
</header>
${tables(content)}
${sharesSection(content.shares)}${figures(charts)}
${howItWasMade(content, origin)}
${fileList(files, "comparison's")}`;
  return htmlPage(`${scenario} · comparison`, version, body);
}

function tables({ comparison }: ComparedRuns): string {
  const head = comparisonHeader.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const groups = comparisonTables(comparison).map(({ group, rows }) => {
    const lines = rows.map(([name = "", ...cells], at) => {
      const dot = `<span class="dot" style="background:var(--class-${at % palette.length})"></span>`;
      const numbers = cells.map((cell) => `<td>${escaped(cell)}</td>`).join("");
      return `<tr><td>${dot}${escaped(name)}</td>${numbers}</tr>`;
    });
    return `<tr><th scope="rowgroup" colspan="${comparisonHeader.length}">${escaped(group)}</th></tr>
${lines.join("\n")}`;
  });
  return `<div class="scroll"><table class="groups">
<thead><tr>${head}</tr></thead>
<tbody>
${groups.join("\n")}
</tbody>
</table></div>
<p class="muted">Means over the seeds. Unfinished are leechers that did not complete. Times are from a peer's arrival to its last verified piece, over all leechers: one that did not complete counts as slower than all that did. Jain's index is that of the leechers' download rates: 1 when all are equally fast. Uplink use is of the time in which anybody was leeching. Speed-up: the first variant's median completion time over this one's, seed by seed, their mean, and a 95 % interval by paired bootstrap.</p>`;
}

/** The two strategies beside each other, a line a share; nothing where there are none. */
function sharesSection(shares: SharesContent | undefined): string {
  if (shares === undefined) return "";
  const { header, rows } = sharesTable(shares);
  const head = header.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const lines = rows.map((row) => {
    return `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
  });
  return `<div class="scroll"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>
</table></div>
<p class="muted">Median download rates of the leechers that play each, in the same swarm; then how many times as fast the second is, seed by seed: the geometric mean and a 95 % interval by bootstrap.</p>
`;
}

function howItWasMade({ variants, comparison }: ComparedRuns, origin: ComparisonOrigin): string {
  const runs = variants.flatMap((one) => one.runs);
  const blocks = runs.reduce((sum, run) => sum + run.blocks, 0);
  return `<section>
<h2>How it was made</h2>
<pre>${escaped(origin.command)}</pre>
<p>Swarmlab ${escaped(origin.version)}, seeds <code>${escaped(comparison.seeds.join(", "))}</code>: ${counted(runs.length, "run")}, ${grouped(blocks)} blocks of up to 16 KiB delivered. The same command gives the same numbers on every machine.</p>
</section>`;
}
