import { config, font } from "./theme.ts";

/** A part of a vega-lite specification: plain JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** One chart of a run, before its size is chosen. */
export interface Chart {
  /** Its file name. */
  readonly id: string;
  /** What is seen, in a sentence. */
  readonly title: string;
  /** What is drawn. */
  readonly caption: string;
  /** Names in the legend, which decide how many fit beside each other; none for no legend. */
  readonly legend: readonly string[];
  /** vega-lite's `layer` and `data`, without size, title and configuration. */
  readonly view: Json;
}

export interface ChartSize {
  /** Of the plot without its axes, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether the chart says its title itself. A page says it in HTML. */
  readonly isTitled: boolean;
}

/** The size of a chart on its own. */
export const standalone: ChartSize = { width: 640, height: 320, isTitled: true };

/** The complete vega-lite 6 specification of a chart. */
export function chartSpec(chart: Chart, size: ChartSize = standalone): Json {
  const { width, height, isTitled } = size;
  const title = { text: lines(chart.title, width / 8), subtitle: lines(chart.caption, width / 6) };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `${chart.title}. ${chart.caption}`,
    ...(isTitled ? { title } : {}),
    width,
    height,
    autosize: { type: "pad" },
    ...chart.view,
    config: {
      ...config,
      axis: { ...config.axis, tickCount: width < 400 ? 4 : 6 },
      legend: { ...config.legend, columns: legendColumns(chart.legend, width) },
    },
  };
}

/** A specification as text: its data one row a line, so that two versions compare well. */
export function specText(spec: Json): string {
  const rows: string[] = [];
  const text = JSON.stringify(
    spec,
    (key, value: unknown) => {
      if (key !== "values" || !Array.isArray(value)) return value;
      rows.push(`[\n${value.map((row) => JSON.stringify(row)).join(",\n")}\n]`);
      return `rows ${rows.length - 1}`;
    },
    2,
  );
  return `${text.replace(/"rows (\d+)"/g, (_, at: string) => rows[Number(at)] as string)}\n`;
}

/** A chart of nothing: says why in its middle. */
export function emptyChart(
  id: string,
  { title, caption, reason }: { title: string; caption: string; reason: string },
): Chart {
  const view = {
    data: { values: [{ text: reason }] },
    mark: { type: "text", font, fontSize: 15, color: config.axis.labelColor },
    encoding: { text: { field: "text", type: "nominal" } },
  };
  return { id, title, caption, legend: [], view };
}

/** A text in lines of about `length` letters. */
function lines(text: string, length: number): string[] {
  const broken: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > length) {
      broken.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...broken, line];
}

function legendColumns(names: readonly string[], width: number): number {
  const widest = Math.max(1, ...names.map((name) => name.length));
  return Math.max(1, Math.min(names.length || 1, Math.floor(width / (widest * 8 + 40))));
}
