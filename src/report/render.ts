import type { Json } from "./chart.ts";
import { textWidth } from "./text-width.ts";

/** Draws vega-lite specifications as SVG, without a canvas. `name` makes the ids in it its own among those of a page. */
export type Renderer = (spec: Json, name: string) => Promise<string>;

/** Loads vega, which takes a moment, and gives the function that draws. */
export async function svgRenderer(): Promise<Renderer> {
  // One after the other: both at once fail in Jest's module loader, which has not linked what they share.
  const vega = await import("vega");
  const vegaLite = await import("vega-lite");
  measureText(vega as unknown as { textMetrics: TextMetrics });
  return async (spec, name) => {
    const { spec: compiled } = vegaLite.compile(spec as unknown as CompilerInput);
    const view = new vega.View(vega.parse(compiled), { renderer: "none" });
    const svg = await view.toSVG();
    view.finalize();
    return withOwnIds(svg, name);
  };
}

type CompilerInput = Parameters<typeof import("vega-lite").compile>[0];

/** What vega lays out texts by; its types leave it out. */
interface TextMetrics {
  width(item: TextItem, text: string): number;
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}

/** Without a canvas vega guesses the width of a text, far too wide. We know our font. */
function measureText({ textMetrics }: { textMetrics: TextMetrics }): void {
  textMetrics.width = (item, text) => {
    const isBold = item.fontWeight === "bold" || Number(item.fontWeight) >= 600;
    const width = textWidth(String(text ?? ""), item.fontSize ?? 11, isBold);
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

/** vega numbers clip paths through all charts of a process: here they count from 1 in each chart. */
function withOwnIds(svg: string, name: string): string {
  const numbers = new Map<string, number>();
  return svg.replace(/\bclip(\d+)\b/g, (_, id: string) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return `${name}-clip${number}`;
  });
}
