import type { AvailabilityRow, RunResult } from "../metrics/results.ts";
import { type Chart, timeAxis } from "./chart.ts";
import { type Bucket, bucketMean, buckets } from "./series.ts";
import { hasStrangers } from "./strangers.ts";
import { ink } from "./theme.ts";
import { duration, grouped, inUnit, significant, timeUnit } from "./units.ts";

/** Copies of a piece in the swarm over time: the rarest, the mean and the most common. */
export function availabilityChart(result: RunResult): Chart {
  const place = hasStrangers(result) ? "among the connected peers" : "in the swarm";
  const unit = timeUnit(result.summary.simulatedSeconds);
  const values = points(result).map((bucket) => ({
    time: inUnit(bucket.timeSeconds, unit),
    rarest: extreme(bucket, Math.min, "minimum"),
    mean: significant(bucketMean(bucket, (row) => row.mean) ?? 0, 5),
    "most common": extreme(bucket, Math.max, "maximum"),
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
    title: availabilityTitle(result.availability, place),
    caption: `Copies of a piece ${place} over time: the rarest piece, the mean of all, the most common`,
    reading:
      "While the rarest is at 0 nobody can complete. The closer the lines are, the more evenly the pieces are spread.",
    legend: domain,
    view,
  };
}

/** Counts over time. The only one of a very short run is shown as a line from its start. */
function points(result: RunResult): Bucket<AvailabilityRow>[] {
  const counts = buckets(result.availability);
  const [only] = counts;
  return counts.length === 1 && only !== undefined ? [{ ...only, timeSeconds: 0 }, only] : counts;
}

function extreme(
  bucket: Bucket<AvailabilityRow>,
  choose: (a: number, b: number) => number,
  which: "minimum" | "maximum",
): number {
  return bucket.rows.map((row) => row[which]).reduce((a, b) => choose(a, b));
}

function availabilityTitle(rows: readonly AvailabilityRow[], place: string): string {
  const from = place === "in the swarm" ? "from the swarm" : place;
  const last = rows.at(-1);
  if (last === undefined) return "No piece was counted";
  const firstMissing = rows.find((row) => row.minimum === 0)?.timeSeconds;
  if (firstMissing !== undefined) {
    const since = `first seen after ${duration(firstMissing)}`;
    if (last.minimum === 0) return `A piece is missing ${from} at the end, ${since}`;
    return `A piece was missing ${from} for a while, ${since}`;
  }
  const lastSingle = rows.findLast((row) => row.minimum === 1);
  if (lastSingle === undefined) {
    return `Even the rarest piece has ${grouped(last.minimum)} copies at the end`;
  }
  if (lastSingle === last) return "Some piece has a single copy at the end";
  const time = duration(lastSingle.timeSeconds);
  // Peers that come and go make pieces rare again.
  const wasAlwaysSingle = rows.every(
    (row) => row.minimum === 1 || row.timeSeconds > lastSingle.timeSeconds,
  );
  if (wasAlwaysSingle) return `Until ${time} some piece had a single copy`;
  return `Now and then some piece had a single copy, last after ${time}`;
}
