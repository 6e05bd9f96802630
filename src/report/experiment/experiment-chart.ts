import type { Axis, Figure, FigurePoint, Series } from "../../experiments/figure.ts";
import { type Chart, emptyChart, type Json } from "../chart.ts";
import { colourOf, ink, palette } from "../theme.ts";
import { significant } from "../units.ts";

/** Dashes of what is published, and of what is ours. */
const dashes = { published: [5, 4], ours: [1, 0] } as const;

/** The figure of an experiment: what is ours in full marks and lines, what is published in hollow marks and dashes. */
export function experimentChart(figure: Figure): Chart {
  const { id, title, x, y, series } = figure;
  const [caption, reading] = sentences(figure);
  if (series.every(({ points }) => points.length === 0)) {
    return emptyChart(id, { title, caption, reading, reason: "Nothing to draw" });
  }
  const legend = series.map(({ name }) => name);
  const layer = series.flatMap((one) => layersOf(one, figure));
  const scales = { x: axis(x, series, "x"), y: axis(y, series, "y") };
  return { id, title, caption, reading, legend, view: { layer: withAxes(layer, scales) } };
}

/** The caption without the full stop that a page adds, and what is said after it. */
function sentences({ caption, series }: Figure): [string, string] {
  const isCompared =
    series.some((one) => one.isPublished) && series.some((one) => !one.isPublished);
  const reading = isCompared
    ? "Filled: these runs. Hollow or dashed: published."
    : series.some((one) => one.isPublished)
      ? "Published."
      : "From these runs.";
  return [caption.replace(/\.$/, ""), reading];
}

function withAxes(layers: readonly Json[], { x, y }: { x: Json; y: Json }): Json[] {
  return layers.map((layer) => {
    const encoding = layer.encoding as Json;
    return {
      ...layer,
      encoding: { x, ...(hasEnds(encoding) ? { y: { ...y, field: "low" } } : { y }), ...encoding },
    };
  });
}

function hasEnds(encoding: Json): boolean {
  return "y2" in encoding;
}

function layersOf(series: Series, figure: Figure): Json[] {
  const { mark, name, isPublished } = series;
  const values = series.points.map((point) => rowOf(point, name));
  if (values.length === 0) return [];
  const data = { values };
  const stroke = strokeOf(figure.series);
  const strokeDash = dashOf(figure.series);
  const strokeWidth = isMarked(series) ? 1.25 : 2.25;
  const line = {
    data,
    mark: {
      type: "line",
      clip: true,
      strokeWidth,
      ...(mark === "step" && { interpolate: "step-after" }),
    },
    encoding: { stroke, strokeDash, order: { field: "order", type: "quantitative" } },
  };
  if (!isMarked(series)) return [line];
  const rule = {
    data: { values: values.filter((row) => "low" in row) },
    mark: { type: "rule", strokeWidth: 2, clip: true },
    encoding: { stroke, y2: { field: "high" } },
  };
  const point = {
    data,
    mark: {
      type: "point",
      shape: "circle",
      size: isPublished ? 70 : 55,
      opacity: 1,
      strokeWidth: 1.75,
    },
    encoding: { stroke, fill: fillOf(figure.series) },
  };
  const joined = mark === "dots" || figure.x.scale === "category" ? [] : [line];
  return [...joined, rule, point].filter(({ data: own }) => own.values.length > 0);
}

function isMarked({ mark }: Series): boolean {
  return mark === "points" || mark === "dots";
}

function rowOf({ x, y, low, high }: FigurePoint, series: string): Json {
  return {
    x: typeof x === "number" ? significant(x, 6) : x,
    y: significant(y, 6),
    ...(low !== undefined && { low: significant(low, 6) }),
    ...(high !== undefined && { high: significant(high, 6) }),
    series,
  };
}

/** The colours by series; a published one has the colour of ours that it belongs to. */
function colours(series: readonly Series[]): string[] {
  const heads = series.filter(({ colourOf: head }) => head === undefined).map(({ name }) => name);
  return series.map(({ name, colourOf: head }) => {
    const at = heads.indexOf(head ?? name);
    return at < 0 ? ink.seeders.light : colourOf(at % palette.length);
  });
}

const marks = { symbolType: "circle", symbolSize: 90, symbolStrokeWidth: 1.75 };
const lines = { symbolType: "stroke" };

function strokeOf(series: readonly Series[]): Json {
  return byName(series, colours(series));
}

function fillOf(series: readonly Series[]): Json {
  const own = colours(series);
  const fills = series.map((one, at) => (one.isPublished ? ink.paper.light : (own[at] as string)));
  return byName(series, fills);
}

function dashOf(series: readonly Series[]): Json {
  return byName(
    series,
    series.map(({ isPublished }) => (isPublished ? dashes.published : dashes.ours)),
  );
}

function byName(series: readonly Series[], range: readonly unknown[]): Json {
  const domain = series.map(({ name }) => name);
  return {
    field: "series",
    type: "nominal",
    scale: { domain, range },
    legend: series.length < 2 ? null : series.some(isMarked) ? marks : lines,
  };
}

function axis({ title, scale, domain }: Axis, series: readonly Series[], field: "x" | "y"): Json {
  const points = series.flatMap((one) => one.points);
  if (scale === "category") {
    const names = [...new Set(points.map((point) => String(point[field])))];
    const axisOptions = { labelAngle: 0, labelLimit: 120 };
    return {
      field,
      type: "nominal",
      title,
      sort: names,
      axis: axisOptions,
      scale: { padding: 0.5 },
    };
  }
  const options = {
    ...(scale === "log" ? { type: "log" } : { zero: domain === undefined }),
    ...(domain !== undefined && { domain }),
    nice: domain === undefined,
  };
  return { field, type: "quantitative", title, scale: options };
}
