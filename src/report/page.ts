import type { RunResult } from "../metrics/results.ts";
import { headline } from "./headline.ts";
import type { Manifest } from "./manifest.ts";
import {
  type DrawnChart,
  escaped,
  figures,
  fileList,
  htmlPage,
  type PageFile,
} from "./page-parts.ts";
import { hasStrangers } from "./strangers.ts";
import { headlines, summaryTable } from "./summary-table.ts";
import { palette } from "./theme.ts";
import { counted, duration, grouped } from "./units.ts";

export interface PageContent {
  readonly result: RunResult;
  readonly manifest: Manifest;
  readonly charts: readonly DrawnChart[];
  readonly files: readonly PageFile[];
}

/** The report: one HTML page that needs no other file and no network. */
export function page({ result, manifest, charts, files }: PageContent): string {
  const { description, scenario } = manifest;
  const about = description === "" ? "" : `<p>${escaped(description)}</p>`;
  const body = `<header>
<h1>${escaped(scenario)}</h1>
${about}
<p class="lead">${escaped(headline(result))}</p>
${partialNotice(result, manifest)}${strangersNotice(result)}
</header>
${facts(result, manifest)}
${classTable(result)}
${figures(charts)}
${origin(result, manifest)}
${fileList(files, "run")}`;
  const seed = manifest.seed === "" ? "" : ` · seed ${manifest.seed}`;
  return htmlPage(`${scenario}${seed}`, manifest.version, body);
}

function partialNotice({ summary }: RunResult, { isLive }: Manifest): string {
  if (!summary.partial) return "";
  const time = `${duration(summary.simulatedSeconds)}${isLive ? "" : " of simulated time"}`;
  return `<p class="partial"><strong>Partial run.</strong> It was stopped after ${time}. Everything below covers that time only.</p>`;
}

function strangersNotice(result: RunResult): string {
  if (!hasStrangers(result)) return "";
  return `
<p class="muted">A client among real peers. Of these only what passed between them and the client is known, from when they met to when they parted.</p>`;
}

function facts(result: RunResult, manifest: Manifest): string {
  const items = headlines(result, manifest.isLive === true).map(([name, value]) => {
    return `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`;
  });
  return `<dl class="facts">\n${items.join("\n")}\n</dl>`;
}

function classTable(result: RunResult): string {
  const { header, rows } = summaryTable(result);
  const head = header.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const body = rows.map(([name = "", ...cells], at) => {
    const dot = `<span class="dot" style="background:var(--class-${at % palette.length})"></span>`;
    const numbers = cells.map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<tr><td>${dot}${escaped(name)}</td>${numbers}</tr>`;
  });
  return `<div class="scroll"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>
<p class="muted">Times are from a peer's arrival to its last verified piece, in seconds or in minutes and seconds. Rates are a peer's mean, of file data: downloads while it leeched, uploads while it was in the swarm. Share ratio: uploaded ÷ downloaded of the class.</p>`;
}

function origin({ summary }: RunResult, manifest: Manifest): string {
  const seed = manifest.seed === "" ? "" : `, seed <code>${escaped(manifest.seed)}</code>`;
  const again = manifest.isLive
    ? "It ran in real time on real connections: the same command makes another run."
    : `The same command gives the digest <code>${escaped(summary.digest)}</code> on every machine; another digest is another run.`;
  return `<section>
<h2>How it was made</h2>
<pre>${escaped(manifest.command)}</pre>
<p>Swarmlab ${escaped(manifest.version)}${seed}: ${counted(summary.events, "event")}, ${grouped(summary.blocks)} blocks of up to 16 KiB delivered. ${again}</p>
</section>`;
}
