import type { RunResult } from "../metrics/results.ts";
import type { Chart, ChartSize } from "./chart.ts";
import { headline } from "./headline.ts";
import type { Manifest } from "./manifest.ts";
import { pageStyle, withPageColours } from "./page-style.ts";
import { headlines, summaryTable } from "./summary-table.ts";
import { palette } from "./theme.ts";
import { counted, duration, grouped } from "./units.ts";

/** The sizes in which a page has each chart: for a screen or a projector, and for a phone. */
export const pageSizes: { readonly wide: ChartSize; readonly narrow: ChartSize } = {
  wide: { width: 560, height: 280, isTitled: false },
  narrow: { width: 270, height: 220, isTitled: false },
};

/** A chart as SVG in both sizes. */
export interface DrawnChart {
  readonly chart: Chart;
  readonly wide: string;
  readonly narrow: string;
}

/** A file beside the page: its path from there, and what is in it. */
export interface PageFile {
  readonly path: string;
  readonly summary: string;
}

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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="swarmlab ${escaped(manifest.version)}">
<title>${escaped(scenario)} · seed ${escaped(manifest.seed)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header>
<h1>${escaped(scenario)}</h1>
${about}
<p class="lead">${escaped(headline(result))}</p>
${partialNotice(result)}
</header>
${facts(result)}
${classTable(result)}
<div class="charts">
${charts.map(figure).join("\n")}
</div>
${origin(result, manifest)}
${fileList(files)}
</main>
</body>
</html>
`;
}

function partialNotice({ summary }: RunResult): string {
  if (!summary.partial) return "";
  const time = duration(summary.simulatedSeconds);
  return `<p class="partial"><strong>Partial run.</strong> It was stopped after ${time} of simulated time. Everything below covers that time only.</p>`;
}

function facts(result: RunResult): string {
  const items = headlines(result).map(([name, value]) => {
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

function figure({ chart, wide, narrow }: DrawnChart): string {
  const { id, title, caption, reading } = chart;
  const links = ["svg", "png", "vl.json"].map((type) => {
    return `<a href="charts/${id}.${type}">${type === "vl.json" ? "vega-lite" : type.toUpperCase()}</a>`;
  });
  return `<figure id="${id}">
<h2>${escaped(title)}</h2>
<figcaption>${escaped(caption)}. ${escaped(reading)}</figcaption>
${drawing(wide, "wide", title)}
${drawing(narrow, "narrow", title)}
<p class="links">${links.join(" · ")}</p>
</figure>`;
}

function drawing(svg: string, size: string, title: string): string {
  const start = `<svg class="${size}" role="img" aria-label="${escaped(title)}"`;
  return withPageColours(svg.slice(svg.indexOf("<svg")).replace(/^<svg( class="[^"]*")?/, start));
}

function origin({ summary }: RunResult, manifest: Manifest): string {
  return `<section>
<h2>How it was made</h2>
<pre>${escaped(manifest.command)}</pre>
<p>Swarmlab ${escaped(manifest.version)}, seed <code>${escaped(manifest.seed)}</code>: ${counted(summary.events, "event")}, ${grouped(summary.blocks)} blocks of up to 16 KiB delivered. The same command gives the digest <code>${escaped(summary.digest)}</code> on every machine; another digest is another run.</p>
</section>`;
}

function fileList(files: readonly PageFile[]): string {
  const items = files.map(({ path, summary }) => {
    return `<dt><a href="${escaped(path)}">${escaped(path)}</a></dt><dd>${escaped(summary)}</dd>`;
  });
  return `<section>
<h2>The data</h2>
<p class="muted">Beside this page in the run directory.</p>
<dl class="files">
${items.join("\n")}
</dl>
</section>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
