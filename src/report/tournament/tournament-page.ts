import type { ComparisonOrigin } from "../comparison/comparison-page.ts";
import {
  type DrawnChart,
  escaped,
  figures,
  fileList,
  htmlPage,
  type PageFile,
} from "../page-parts.ts";
import { palette } from "../theme.ts";
import { counted } from "../units.ts";
import { sharesText, type TournamentContent } from "./tournament-content.ts";
import { standingsTable } from "./tournament-table.ts";

export interface TournamentPageContent {
  readonly content: TournamentContent;
  readonly origin: ComparisonOrigin;
  readonly charts: readonly DrawnChart[];
  readonly files: readonly PageFile[];
}

/** The page of a tournament: standings, charts, and where they come from. */
export function tournamentPage({ content, origin, charts, files }: TournamentPageContent): string {
  const { scenario, description, version, command } = origin;
  const { strategies, seeds } = content;
  const about = description === "" ? "" : `<p>${escaped(description)}</p>\n`;
  const body = `<header>
<h1>${escaped(scenario)}: a tournament</h1>
${about}<p class="lead">${counted(strategies.length, "strategy").replace("strategys", "strategies")}, every two in one swarm: one plays ${sharesText(content)} of the peers and the other the rest, then they change sides, with ${counted(seeds.length, "seed")}.</p>
</header>
${table(content)}
${figures(charts)}
<section>
<h2>How it was made</h2>
<pre>${escaped(command)}</pre>
<p>Swarmlab ${escaped(version)}, seeds <code>${escaped(seeds.join(", "))}</code>. The same command gives the same numbers on every machine.</p>
</section>
${fileList(files, "tournament's")}`;
  return htmlPage(`${scenario} · tournament`, version, body);
}

function table(content: TournamentContent): string {
  const { header, rows } = standingsTable(content);
  const head = header.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const lines = rows.map(([name = "", ...cells]) => {
    const colour = content.strategies.indexOf(name) % palette.length;
    const dot = `<span class="dot" style="background:var(--class-${colour})"></span>`;
    const numbers = cells.map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<tr><td>${dot}${escaped(name)}</td>${numbers}</tr>`;
  });
  return `<div class="scroll"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>
</table></div>
<p class="muted">Times as fast: the median download rate of the leechers that play the strategy over that of the leechers that play the other, in the same swarm; the geometric mean over all opponents, shares and sides, and a 95 % interval by bootstrap over the seeds. Won and lost are runs in which a strategy was at least 2 % faster or slower. Alone: its median download rate when all play it.</p>`;
}
