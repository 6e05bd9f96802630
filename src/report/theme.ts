/** A colour on a light ground and on a dark one. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** Of the charts' text and lines. Charts are drawn in the light ones; a page swaps them for its own. */
export const ink = {
  paper: { light: "#ffffff", dark: "#14181d" },
  text: { light: "#1f2933", dark: "#e6eaee" },
  muted: { light: "#52606d", dark: "#a3afbb" },
  axis: { light: "#9aa5b1", dark: "#5f6b78" },
  grid: { light: "#e4e7eb", dark: "#2a323b" },
  leechers: { light: "#b0bac5", dark: "#75818d" },
  seeders: { light: "#4f5d6b", dark: "#c3ccd5" },
} as const satisfies Record<string, Colour>;

/**
 * Of the classes, after Okabe and Ito's palette for colour-blind readers, darkened (or lightened) until each has a contrast
 * of at least 3 with the ground.
 */
export const palette: readonly Colour[] = [
  { light: "#0072b2", dark: "#4ba3e3" },
  { light: "#d55e00", dark: "#ff8a4c" },
  { light: "#008a64", dark: "#2cc295" },
  { light: "#b0508e", dark: "#e39bc4" },
  { light: "#a67c00", dark: "#f0c13a" },
  { light: "#2b93cf", dark: "#93d3fb" },
  { light: "#7a4b2a", dark: "#c79a76" },
  { light: "#5b5bd6", dark: "#a5a5ff" },
];

/** Dashes for the second and further rounds through the palette. */
const dashes = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 2, 2, 2],
];

/** The colour of class number `at`, in every chart. */
export function colourOf(at: number): string {
  return (palette[at % palette.length] as Colour).light;
}

/** The dashes of class number `at`. */
export function dashOf(at: number): number[] {
  return dashes[Math.floor(at / palette.length) % dashes.length] as number[];
}

/** The font that is bundled, then what looks like it. */
export const font = "DejaVu Sans, Verdana, sans-serif";

/** vega-lite's configuration for all charts. */
export const config = {
  font,
  background: ink.paper.light,
  aria: false,
  view: { stroke: null },
  padding: { left: 8, top: 8, right: 16, bottom: 8 },
  title: {
    anchor: "start",
    frame: "group",
    color: ink.text.light,
    subtitleColor: ink.muted.light,
    fontSize: 15,
    subtitleFontSize: 12,
    lineHeight: 20,
    subtitleLineHeight: 16,
    subtitlePadding: 4,
    offset: 12,
  },
  axis: {
    labelColor: ink.muted.light,
    titleColor: ink.muted.light,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    gridColor: ink.grid.light,
    domainColor: ink.axis.light,
    tickColor: ink.axis.light,
    labelOverlap: true,
    tickCount: 6,
    titlePadding: 8,
  },
  axisY: { domain: false, ticks: false, labelPadding: 6 },
  axisX: { grid: false, labelFlush: false },
  legend: {
    orient: "top",
    title: null,
    labelColor: ink.text.light,
    labelFontSize: 12,
    symbolStrokeWidth: 3,
    labelLimit: 240,
    offset: 8,
  },
  line: { strokeWidth: 2.25, strokeCap: "round", strokeJoin: "round" },
} as const;

/** The names of panels. */
export const panelHeader = {
  title: null,
  labelColor: ink.text.light,
  labelFontSize: 12,
  labelFontWeight: "bold",
} as const;
