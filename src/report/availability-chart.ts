import type { AvailabilityRow, RunResult } from "../metrics/results.ts";
import { type Chart, timeAxis } from "./chart.ts";
import { type Bucket, bucketMean, buckets } from "./series.ts";
import { ink } from "./theme.ts";
import { counted, duration, inUnit, significant, timeUnit } from "./units.ts";

/** Copies of a piece in the swarm over time: the rarest, the mean and the most common. */
export function availabilityChart(result: RunResult): Chart {
  const unit = timeUnit(result.summary.simulatedSeconds);
  const values = buckets(result.availability).map((bucket) => ({
    time: inUnit(bucket.timeSeconds, unit),
    rarest: extreme(bucket, "minimum"),
    mean: significant(bucketMean(bucket, (row) => row.mean) ?? 0, 5),
    "most common": extreme(bucket, "maximum"),
  }));
  const x = timeAxis(result, unit);
  const domain = ["most common", "mean", "rarest"];
  const color = {
    field: "piece",
    type: "nominal",
    scale: { domain, range: [ink.leechers.light, ink.seeders.light, ink.text.light] },
    legend: { symbolType: "stroke" },
  };
  const dashes = [
    [1, 0],
    [5, 4],
    [1, 0],
  ];
  const view = {
    data: { values },
    encoding: { x },
    layer: [
      {
        mark: { type: "area", color: ink.grid.light, opacity: 0.6 },
        encoding: {
          y: { field: "rarest", type: "quantitative" },
          y2: { field: "most common" },
        },
      },
      {
        transform: [{ fold: domain, as: ["piece", "copies"] }],
        mark: { type: "line", clip: true },
        encoding: {
          y: {
            field: "copies",
            type: "quantitative",
            title: "copies of a piece",
            axis: { format: ",d", tickMinStep: 1 },
          },
          color,
          strokeDash: { field: "piece", type: "nominal", scale: { domain, range: dashes } },
        },
      },
    ],
  };
  return {
    id: "availability",
    title: availabilityTitle(result.availability),
    caption:
      "Copies of a piece in the swarm over time: the rarest piece, the mean of all, the most common",
    legend: domain,
    view,
  };
}

function extreme(bucket: Bucket<AvailabilityRow>, which: "minimum" | "maximum"): number {
  const values = bucket.rows.map((row) => row[which]);
  return which === "minimum" ? Math.min(...values) : Math.max(...values);
}

function availabilityTitle(rows: readonly AvailabilityRow[]): string {
  const last = rows.at(-1);
  if (last === undefined) return "No piece was counted";
  const missing = rows.filter((row) => row.minimum === 0 && row.timeSeconds > 0);
  const [first] = missing;
  if (first !== undefined && last.minimum === 0) {
    return `A piece is missing from the swarm at the end, first after ${duration(first.timeSeconds)}`;
  }
  if (first !== undefined)
    return `A piece was missing from the swarm for a while, first after ${duration(first.timeSeconds)}`;
  let single = 0;
  for (const row of rows) if (row.minimum === 1) single = row.timeSeconds;
  if (single === 0)
    return `Even the rarest piece has ${counted(last.minimum, "copy").replace("copys", "copies")} at the end`;
  return `Until ${duration(single)} some piece had a single copy`;
}
