import { type Chart, chartSpec, specText } from "./chart.ts";
import { type DrawnChart, pageSizes } from "./page-parts.ts";
import { pngRenderer } from "./png.ts";
import { svgRenderer } from "./render.ts";

/** A file of a report, by its path in the directory. */
export interface ReportFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Draws each chart as `charts/*.vl.json`, `.svg` and `.png`, and returns them as a page has them. */
export async function* chartFiles(
  charts: readonly Chart[],
  fontFiles: readonly string[],
): AsyncGenerator<ReportFile, DrawnChart[]> {
  const draw = await svgRenderer();
  const png = await pngRenderer(fontFiles);
  const drawn: DrawnChart[] = [];
  for (const chart of charts) {
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
  return drawn;
}
