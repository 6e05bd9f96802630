import type { RunResult } from "../metrics/results.ts";
import { textWidth } from "./text-width.ts";
import { config, font, panelHeader } from "./theme.ts";
import { inUnit, type Unit } from "./units.ts";

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
  /** How to read it, in a sentence. */
  readonly reading: string;
  /** Names in the legend, which decide how many fit beside each other; none for no legend. */
  readonly legend: readonly string[];
  /** The height it needs, where that is not the size's. */
  readonly height?: number;
  /** vega-lite's `layer` and `data`, without size, title and configuration. */
  readonly view: Json;
  /** How many panels `view` has beside each other, by a `facet` and a `spec`; none for a chart of one. */
  readonly panels?: number;
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
  const title = {
    text: lines(chart.title, width, config.title.fontSize, true),
    subtitle: lines(chart.caption, width, config.title.subtitleFontSize, false),
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `${chart.title}. ${chart.caption}`,
    ...(isTitled ? { title } : {}),
    ...(chart.panels === undefined
      ? { width, height: chart.height ?? height, autosize: { type: "pad" }, ...chart.view }
      : panels(chart.view, chart.panels, width)),
    config: {
      ...config,
      axis: { ...config.axis, tickCount: width < 400 || chart.panels !== undefined ? 4 : 6 },
      axisY: { ...config.axisY, labelLimit: Math.min(160, Math.round(width / 3)) },
      legend: legend(chart.legend, width),
    },
  };
}

/** The narrowest that a panel may be, and what stands between two, in pixels. */
const narrowestPanel = 120;
const panelGap = 24;

/** As many panels beside each other as fit, three at most, and the rest below. */
function panels(view: Json, count: number, width: number): Json {
  const fitting = Math.floor((width + panelGap) / (narrowestPanel + panelGap));
  const columns = Math.max(1, Math.min(count, fitting, 3));
  const each = Math.floor((width - (columns - 1) * panelGap) / columns);
  const height = Math.min(each, 240);
  const spec = { ...(view.spec as Json), width: each, height };
  const facet = { ...(view.facet as Json), header: { ...panelHeader, labelLimit: each } };
  return { ...view, facet, spec, columns, spacing: panelGap };
}

/** Room that a name's symbol and the gap after it take in a legend. */
const symbolWidth = 36;

/** As many names beside each other as fit; what is longer than the chart is wide is cut off. */
function legend(names: readonly string[], width: number): Json {
  const labelLimit = Math.min(config.legend.labelLimit, width - symbolWidth);
  const widths = names.map((name) => textWidth(name, config.legend.labelFontSize, false));
  const widest = Math.min(labelLimit, Math.max(1, ...widths));
  const fitting = Math.max(1, Math.min(names.length, Math.floor(width / (widest + symbolWidth))));
  // Rows of about the same length: 6 and 6 names rather than 11 and 1.
  const columns = Math.ceil(names.length / Math.ceil(names.length / fitting));
  return { ...config.legend, labelLimit, columns: Math.max(1, columns) };
}

/** The encoding of simulated time from the start to the end of a run. */
export function timeAxis(result: RunResult, unit: Unit): Json {
  const end = inUnit(result.summary.simulatedSeconds, unit);
  const scale = { domain: [0, end], nice: false };
  return { field: "time", type: "quantitative", title: `time (${unit.name})`, scale };
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
  { reason, ...texts }: { title: string; caption: string; reading: string; reason: string },
): Chart {
  const view = {
    data: { values: [{ text: reason }] },
    mark: { type: "text", font, fontSize: 15, color: config.axis.labelColor },
    encoding: { text: { field: "text", type: "nominal" } },
  };
  return { id, ...texts, legend: [], height: 100, view };
}

/** A text in lines that are no wider than `width` pixels. */
function lines(text: string, width: number, size: number, isBold: boolean): string[] {
  const broken: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size, isBold) > width) {
      broken.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...broken, line];
}
