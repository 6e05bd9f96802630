import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { font, ink } from "../theme.ts";
import { ratio } from "../units.ts";
import { sharesText, type TournamentContent } from "./tournament-content.ts";

const id = "matches";

/** Pixels a strategy upwards. */
const cellHeight = 44;

/** Colours of a loss, a draw and a win, which texts can be read on: they are the same on light and dark pages. */
const colours = ["#f0a676", "#f1f3f5", "#8fbfe6"];
const cellText = "#16202b";

const reading =
  "Read along a row: blue where its strategy is faster than that of the column, orange where it is slower, deepest from twice as fast on.";

/** Who beats whom: a cell a pair. */
export function matchMatrixChart(content: TournamentContent): Chart {
  const { standings, seeds } = content;
  const caption = `How many times as fast the strategy of a row is as that of a column when both are in the same swarm; below it the runs that it won, drew (less than 2 % apart) and lost, of ${seeds.length === 1 ? "1 seed" : `${seeds.length} seeds`}, shares of ${sharesText(content)}, and both sides`;
  const order = standings.map(({ strategy }) => strategy);
  const cells = standings.flatMap(({ strategy, pairings }) =>
    pairings.flatMap(({ opponent, logRatio, wins, draws, losses }) => {
      if (logRatio === null) return [];
      return [
        {
          strategy,
          opponent,
          advantage: Number(logRatio.mean.toFixed(4)),
          ratio: ratio(Math.exp(logRatio.mean)),
          runs: `${wins} · ${draws} · ${losses}`,
        },
      ];
    }),
  );
  const title = matrixTitle(content);
  if (cells.length === 0) return emptyChart(id, { title, caption, reading, reason: "No match" });
  const clearest = Math.max(...cells.map(({ advantage }) => Math.abs(advantage)));
  const most = Math.min(Math.LN2, Math.max(0.1, clearest));
  // Names that do not fit beside each other stand aslant.
  const isAslant = order.length > 5 || order.some((name) => name.length > 10);
  const band = { paddingInner: 0.04, paddingOuter: 0.02 };
  const x = {
    field: "opponent",
    type: "nominal",
    sort: order,
    title: null,
    scale: { domain: order, ...band },
    axis: {
      orient: "top",
      labelAngle: isAslant ? -35 : 0,
      labelLimit: 110,
      labelOverlap: false,
      domain: false,
      ticks: false,
    },
  };
  const y = {
    field: "strategy",
    type: "nominal",
    sort: order,
    title: null,
    scale: { domain: order, ...band },
    axis: { domain: false, ticks: false },
  };
  const text = (field: string, dy: number, size: number, weight: string) => ({
    mark: { type: "text", font, fontSize: size, fontWeight: weight, dy, color: cellText },
    encoding: { x, y, text: { field, type: "nominal" } },
  });
  const view = {
    data: { values: cells },
    layer: [
      {
        mark: { type: "rect", cornerRadius: 3 },
        encoding: {
          x,
          y,
          color: {
            field: "advantage",
            type: "quantitative",
            scale: { domain: [-most, 0, most], range: colours, interpolate: "rgb", clamp: true },
            legend: null,
          },
        },
      },
      text("ratio", -6, 13, "bold"),
      text("runs", 10, 10, "normal"),
      {
        data: { values: order.map((strategy) => ({ strategy, opponent: strategy })) },
        mark: { type: "text", font, fontSize: 13, color: ink.muted.light, text: "–" },
        encoding: { x, y },
      },
    ],
  };
  const height = order.length * cellHeight + 8;
  return { id, title, caption, reading, legend: [], height, view };
}

/** Says the clearest defeat. */
function matrixTitle({ standings }: TournamentContent): string {
  const pairs = standings.flatMap(({ strategy, pairings }) =>
    pairings.flatMap(({ opponent, logRatio }) =>
      logRatio === null ? [] : [{ strategy, opponent, mean: logRatio.mean }],
    ),
  );
  pairs.sort((a, b) => b.mean - a.mean);
  const [clearest] = pairs;
  if (clearest === undefined) return "There was no match";
  const { strategy, opponent, mean } = clearest;
  return `The clearest: ${shortName(strategy)} is ${ratio(Math.exp(mean))} times as fast as ${shortName(opponent)}`;
}
