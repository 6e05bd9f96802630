import type { Json } from "./chart.ts";

/** Draws vega-lite specifications as SVG, without a canvas. `name` makes the ids in it its own among those of a page. */
export type Renderer = (spec: Json, name: string) => Promise<string>;

/** Loads vega, which takes a moment, and gives the function that draws. */
export async function svgRenderer(): Promise<Renderer> {
  // One after the other: both at once fail in Jest's module loader, which has not linked what they share.
  const vega = await import("vega");
  const vegaLite = await import("vega-lite");
  return async (spec, name) => {
    const { spec: compiled } = vegaLite.compile(spec as unknown as CompilerInput);
    const view = new vega.View(vega.parse(compiled), { renderer: "none" });
    const svg = await view.toSVG();
    view.finalize();
    return withOwnIds(svg, name);
  };
}

type CompilerInput = Parameters<typeof import("vega-lite").compile>[0];

/** vega numbers clip paths through all charts of a process: here they count from 1 in each chart. */
function withOwnIds(svg: string, name: string): string {
  const numbers = new Map<string, number>();
  return svg.replace(/\bclip(\d+)\b/g, (_, id: string) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return `${name}-clip${number}`;
  });
}
