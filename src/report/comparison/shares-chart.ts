import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { colourOf } from "../theme.ts";
import { inUnit, rateUnit, significant } from "../units.ts";
import { meanOf, timesAsFast } from "./times-as-fast.ts";
import type { SharesContent } from "./variant-scale.ts";

const id = "shares";

/** Not those of the first variants, which are shares in the other charts. */
const colours = [colourOf(6), colourOf(7)];

/** How fast two strategies are in the same swarm, by the share of the second. */
export function sharesChart({ strategies, results }: SharesContent): Chart {
  const [first, second] = strategies;
  const seeds = Math.max(0, ...results.map((one) => one.first.length));
  const caption = `Median download rate of the leechers that play each of two strategies in the same swarm, by the share that plays ${shortName(second)}${
    seeds > 1 ? `; mean of ${seeds} seeds, the bands go from the lowest to the highest` : ""
  }`;
  const reading =
    "Where a line is above the other its strategy pays. The left end of the one and the right end of the other are swarms of one strategy alone: a strategy may win against the other and still slow everybody down.";
  const title = sharesTitle({ strategies, results });
  const points = results.flatMap(({ share, ...speeds }) =>
    (["first", "second"] as const).flatMap((side) => {
      const known = speeds[side].filter((speed) => speed !== null);
      const mean = meanOf(known);
      if (mean === null) return [];
      const strategy = side === "first" ? first : second;
      return [{ strategy, share, mean, low: Math.min(...known), high: Math.max(...known) }];
    }),
  );
  if (points.length === 0)
    return emptyChart(id, { title, caption, reading, reason: "Nobody came" });
  const unit = rateUnit(Math.max(...points.map(({ high }) => high)));
  const values = points.map(({ strategy, share, mean, low, high }) => ({
    strategy,
    share: significant(share, 6),
    mean: inUnit(mean, unit),
    ...(seeds > 1 ? { low: inUnit(low, unit), high: inUnit(high, unit) } : {}),
  }));
  const x = {
    field: "share",
    type: "quantitative",
    title: `share of ${shortName(second)}`,
    scale: { domain: [0, 1] },
    axis: { format: ".0%" },
  };
  const y = (field: string) => {
    return { field, type: "quantitative", title: `median download rate (${unit.name})` };
  };
  const color = {
    field: "strategy",
    type: "nominal",
    scale: { domain: strategies, range: colours },
    legend: { symbolType: "stroke", symbolOpacity: 1 },
  };
  const band = {
    mark: { type: "area", opacity: 0.2 },
    encoding: { x, y: y("low"), y2: { field: "high" }, color },
  };
  const line = {
    mark: { type: "line", point: { size: 60 } },
    encoding: { x, y: y("mean"), color },
  };
  const view = { data: { values }, layer: seeds > 1 ? [band, line] : [line] };
  return { id, title, caption, reading, legend: [...strategies], view };
}

/** Says where the second gains most, or loses least. */
function sharesTitle({ strategies, results }: SharesContent): string {
  const [first, second] = strategies.map(shortName);
  const mixed = results.flatMap(({ share, logRatio }) =>
    logRatio === null ? [] : [{ share, logRatio }],
  );
  mixed.sort((a, b) => b.logRatio.mean - a.logRatio.mean);
  const [best] = mixed;
  if (best === undefined) return `${first} and ${second} never met`;
  const share = `${significant(best.share * 100, 3)} %`;
  const most = mixed.length > 1 ? "at most " : "";
  return `${second} is ${most}${timesAsFast(best.logRatio)} times as fast as ${first}, with a share of ${share}`;
}
