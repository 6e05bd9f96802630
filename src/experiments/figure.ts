import type { Estimate } from "./estimate.ts";

/** A chart of an experiment as data. */
export interface Figure {
  /** Its file name, its own among the experiment's. */
  readonly id: string;
  /** What is seen, in a sentence. */
  readonly title: string;
  /** What is drawn, and how to read it: a sentence or two, the first without its full stop where it is the only one. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  /** In the order of the legend. */
  readonly series: readonly Series[];
}

export interface Axis {
  /** With its unit. */
  readonly title: string;
  /** category: `x` is a name, and the points have the order of the first series that has them. */
  readonly scale: "linear" | "log" | "category";
  /** By default from 0 (linear) or the least value (log) on. */
  readonly domain?: readonly [number, number];
}

/** Points or a curve. Published ones have hollow marks and dashes. */
export interface Series {
  /** For the legend; its own among the figure's. */
  readonly name: string;
  readonly isPublished: boolean;
  /**
   * points: marks with their intervals, joined by a line where the axis has numbers; dots: single cases, which no line joins;
   * curve: a line; step: one that goes in steps.
   */
  readonly mark: "points" | "dots" | "curve" | "step";
  /** The name of the series whose colour it shares: a published one that belongs to one of ours. */
  readonly colourOf?: string;
  readonly points: readonly FigurePoint[];
}

export interface FigurePoint {
  readonly x: number | string;
  readonly y: number;
  /** Ends of its interval. */
  readonly low?: number;
  readonly high?: number;
}

/** A point of an estimate; none where it has no value. `scale` is multiplied to it, as 100 for percent. */
export function pointOf(
  x: number | string,
  { value, interval }: Estimate,
  scale = 1,
): FigurePoint[] {
  if (value === null) return [];
  const ends = interval && { low: interval.low * scale, high: interval.high * scale };
  return [{ x, y: value * scale, ...ends }];
}

/** The cumulative distribution of values as steps: share of `count` that have at most x. */
export function distributionPoints(
  values: readonly number[],
  count = values.length,
): FigurePoint[] {
  const ascending = [...values].sort((a, b) => a - b);
  const [first] = ascending;
  if (first === undefined) return [];
  return [{ x: first, y: 0 }, ...ascending.map((x, at) => ({ x, y: (at + 1) / count }))];
}
