import type { RunResult } from "../metrics/results.ts";
import { chartSpec, specText } from "./chart.ts";
import { charts } from "./charts.ts";
import type { Manifest } from "./manifest.ts";
import { type DrawnChart, type PageFile, page, pageSizes } from "./page.ts";
import { pngRenderer } from "./png.ts";
import { svgRenderer } from "./render.ts";

/** A file of a run directory, by its path in it. */
export interface ReportFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What a report is drawn from. */
export interface ReportContent {
  readonly result: RunResult;
  readonly manifest: Manifest;
  /** The data files beside the page. */
  readonly files: readonly PageFile[];
  /** The TTFs of the PNGs' texts. */
  readonly fontFiles: readonly string[];
}

/** Draws each chart as `charts/*.vl.json`, `.svg` and `.png`, and all of them as `report.html`. */
export async function* reportFiles(content: ReportContent): AsyncGenerator<ReportFile> {
  const { result, manifest, files, fontFiles } = content;
  const draw = await svgRenderer();
  const png = await pngRenderer(fontFiles);
  const drawn: DrawnChart[] = [];
  for (const chart of charts(result)) {
    const path = `charts/${chart.id}`;
    const spec = chartSpec(chart);
    const svg = await draw(spec, chart.id);
    yield { path: `${path}.vl.json`, content: specText(spec) };
    yield { path: `${path}.svg`, content: svg };
    yield { path: `${path}.png`, content: png(svg) };
    const wide = await draw(chartSpec(chart, pageSizes.wide), `${chart.id}-wide`);
    const narrow = await draw(chartSpec(chart, pageSizes.narrow), `${chart.id}-narrow`);
    drawn.push({ chart, wide, narrow });
  }
  yield { path: "report.html", content: page({ result, manifest, charts: drawn, files }) };
}
