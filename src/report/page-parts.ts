import type { Chart, ChartSize } from "./chart.ts";
import { pageStyle, withPageColours } from "./page-style.ts";

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

/** An HTML page that needs no other file and no network. `body` is HTML, the rest is text. */
export function htmlPage(title: string, version: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="swarmlab ${escaped(version)}">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** All charts, each with its title, how to read it, and links to its files. */
export function figures(charts: readonly DrawnChart[]): string {
  return `<div class="charts">
${charts.map(figure).join("\n")}
</div>`;
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

/** The files beside the page. `place` says what directory they are in. */
export function fileList(files: readonly PageFile[], place: string): string {
  const items = files.map(({ path, summary }) => {
    return `<dt><a href="${escaped(path)}">${escaped(path)}</a></dt><dd>${escaped(summary)}</dd>`;
  });
  return `<section>
<h2>The data</h2>
<p class="muted">Beside this page in the ${place} directory.</p>
<dl class="files">
${items.join("\n")}
</dl>
</section>`;
}

/** A text as HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
