import type { Json } from "../report/chart.ts";
import { fontFiles } from "../report/font-files.ts";
import { pngRenderer } from "../report/png.ts";
import { svgRenderer } from "../report/render.ts";
import { config } from "../report/theme.ts";
import { display } from "./display.ts";

/**
 * Shows a text or a chart below a cell: `await show("text")`, `await show({ data, mark, encoding })` with a vega-lite
 * specification. Size, font and colours are those of Swarmlab's charts, unless the specification has its own. It throws what
 * vega-lite throws about a wrong one. A chart becomes a PNG, because Jupyter's pages strip SVG. Of what a cell prints last by
 * `console.log`, Deno's kernel may lose some; `show` waits.
 */
export async function show(content: string | Json): Promise<void> {
  if (typeof content === "string") return display({ "text/plain": content });
  const png = await chartPng(content);
  return display({ "image/png": Buffer.from(png).toString("base64") });
}

/** The picture alone: a PNG of twice the size in pixels. */
export async function chartPng(spec: Json): Promise<Uint8Array> {
  const draw = await svgRenderer();
  const png = await pngRenderer(fontFiles);
  return png(await draw(inHouseStyle(spec), "chart"));
}

function inHouseStyle(spec: Json): Json {
  const own = (spec.config ?? {}) as Json;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 560,
    height: 280,
    autosize: { type: "pad" },
    ...spec,
    config: { ...config, ...own },
  };
}
