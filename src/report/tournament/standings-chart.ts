import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { timesAsFast } from "../comparison/times-as-fast.ts";
import { variantEncoding } from "../comparison/variant-scale.ts";
import { ink } from "../theme.ts";
import { significant } from "../units.ts";
import { sharesText, type TournamentContent } from "./tournament-content.ts";

const id = "standings";

/** Pixels a strategy. */
const rowHeight = 34;

const reading =
  "Right of 1 a strategy is faster than what it meets. Where two intervals overlap much, their order may be luck.";

/** How each strategy does against all others, the best on top. */
export function standingsChart(content: TournamentContent): Chart {
  const { standings, strategies, seeds } = content;
  const caption = `How many times as fast as its opponents in the same swarm, geometric mean over opponents, shares (${sharesText(content)}) and sides${
    seeds.length > 1
      ? ": a small dot a seed, a large one the mean, the 95 % interval as a line"
      : ""
  }`;
  const title = standingsTitle(content);
  const dots = standings.flatMap(({ strategy, logRatio }) => {
    if (logRatio === null) return [];
    const { mean, interval } = logRatio;
    const ends = interval && { low: times(interval.low), high: times(interval.high) };
    return [{ variant: strategy, mean: times(mean), ...ends }];
  });
  if (dots.length === 0) return emptyChart(id, { title, caption, reading, reason: "No match" });
  const single = standings.flatMap(({ strategy, logRatio }) =>
    (seeds.length > 1 ? (logRatio?.perSeed ?? []) : []).flatMap((one) =>
      one === null ? [] : [{ variant: strategy, mean: times(one) }],
    ),
  );
  const order = standings.map(({ strategy }) => strategy);
  const values = [...dots, ...single].map(({ mean }) => mean);
  const isWide = Math.max(...values) / Math.min(...values) > 4;
  const scale = isWide ? { type: "log", base: 2, nice: false } : { zero: false, nice: true };
  const x = (field: string) => {
    return { field, type: "quantitative", title: "times as fast as the opponents", scale };
  };
  const { color } = variantEncoding(strategies, strategies, "circle") as { color: object };
  const own = {
    y: { field: "variant", type: "nominal", sort: order, title: null },
    color: { ...color, legend: null },
  };
  const view = {
    layer: [
      {
        data: { values: [{ one: 1 }] },
        mark: { type: "rule", color: ink.axis.light, strokeDash: [4, 3], strokeWidth: 1.5 },
        encoding: { x: x("one") },
      },
      {
        data: { values: single },
        mark: { type: "circle", size: 24, opacity: 0.45 },
        encoding: { x: x("mean"), ...own },
      },
      {
        data: { values: dots.filter((dot) => "low" in dot) },
        mark: { type: "rule", strokeWidth: 2.5 },
        encoding: { x: x("low"), x2: { field: "high" }, ...own },
      },
      {
        data: { values: dots },
        mark: { type: "circle", size: 110, opacity: 1 },
        encoding: { x: x("mean"), ...own },
      },
    ],
  };
  const height = order.length * rowHeight + 8;
  return { id, title, caption, reading, legend: [], height, view };
}

function times(logRatio: number): number {
  return significant(Math.exp(logRatio), 5);
}

function standingsTitle({ standings }: TournamentContent): string {
  const [first] = standings;
  if (first === undefined || first.logRatio === null) return "There was no match";
  return `${shortName(first.strategy)} wins: ${timesAsFast(first.logRatio)} times as fast as its opponents`;
}
