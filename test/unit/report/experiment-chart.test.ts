import { describe, expect, test } from "@jest/globals";
import type { Figure, Series } from "../../../src/experiments/figure.ts";
import { experimentChart } from "../../../src/report/experiment/experiment-chart.ts";

type Layer = {
  readonly mark: { readonly type: string };
  readonly data: { readonly values: readonly object[] };
  readonly encoding: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const ours: Series = {
  name: "here",
  isPublished: false,
  mark: "points",
  points: [
    { x: 1, y: 2, low: 1, high: 3 },
    { x: 10, y: 4 },
  ],
};
const theirs: Series = {
  name: "paper",
  isPublished: true,
  mark: "points",
  colourOf: "here",
  points: [{ x: 1, y: 2.5 }],
};

function figure(series: readonly Series[], options: Partial<Figure> = {}): Figure {
  return {
    id: "any",
    title: "Any",
    caption: "Something.",
    x: { title: "x (s)", scale: "log" },
    y: { title: "y", scale: "linear" },
    series,
    ...options,
  };
}

function layersOf(given: Figure): Layer[] {
  return experimentChart(given).view.layer as Layer[];
}

function rangeOf(layer: Layer | undefined, channel: string): unknown {
  return (layer?.encoding[channel]?.scale as { range: unknown } | undefined)?.range;
}

describe("the chart of an experiment", () => {
  test("has full marks for what is ours, and hollow ones and dashes of the same colour for what is published", () => {
    const layers = layersOf(figure([ours, theirs]));
    const point = layers.find(({ mark }) => mark.type === "point");
    const line = layers.find(({ mark }) => mark.type === "line");
    expect(rangeOf(point, "stroke")).toEqual(["#0072b2", "#0072b2"]);
    expect(rangeOf(point, "fill")).toEqual(["#0072b2", "#ffffff"]);
    expect(rangeOf(line, "strokeDash")).toEqual([
      [1, 0],
      [5, 4],
    ]);
  });

  test("has an interval where a point has one, and only there", () => {
    const rules = layersOf(figure([ours, theirs])).filter(({ mark }) => mark.type === "rule");
    expect(rules.map(({ data }) => data.values)).toEqual([
      [{ x: 1, y: 2, low: 1, high: 3, series: "here" }],
    ]);
  });

  test("joins points by a line, but not those of names", () => {
    const named = { ...ours, points: [{ x: "slow", y: 1 }] };
    const x = { title: "class", scale: "category" } as const;
    const types = layersOf(figure([named], { x })).map(({ mark }) => mark.type);
    expect(types).toEqual(["point"]);
  });

  test("says how to read it only where there is something to tell apart, and that there is nothing", () => {
    expect(experimentChart(figure([ours, theirs])).reading).toMatch(/^Filled: these runs/);
    expect(experimentChart(figure([ours])).reading).toBe("From these runs.");
    expect(experimentChart(figure([{ ...ours, points: [] }])).height).toBe(100);
  });
});
