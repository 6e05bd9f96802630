import type { RunResult } from "../metrics/results.ts";
import { type Chart, timeAxis } from "./chart.ts";
import { buckets, totals } from "./series.ts";
import { hasStrangers } from "./strangers.ts";
import { ink } from "./theme.ts";
import { counted, duration, inUnit, timeUnit } from "./units.ts";

/** How many leechers and seeders are in the swarm over time. */
export function populationChart(result: RunResult): Chart {
  const isAmongStrangers = hasStrangers(result);
  const leechers = totals(result.samples, (row) => row.leechers);
  const seeders = totals(result.samples, (row) => row.seeders);
  const unit = timeUnit(result.summary.simulatedSeconds);
  const rows = [
    ...lastOfBuckets(seeders).map((row) => ({ role: "seeders", ...row })),
    ...lastOfBuckets(leechers).map((row) => ({ role: "leechers", ...row })),
  ];
  const values = rows.map((row) => ({
    role: row.role,
    time: inUnit(row.timeSeconds, unit),
    peers: row.value,
  }));
  const view = {
    data: { values },
    mark: { type: "area", interpolate: "step-before" },
    encoding: {
      x: timeAxis(result, unit),
      y: {
        field: "peers",
        type: "quantitative",
        title: "peers",
        axis: { format: ",d", tickMinStep: 1 },
      },
      color: {
        field: "role",
        type: "nominal",
        scale: {
          domain: ["leechers", "seeders"],
          range: [ink.leechers.light, ink.seeders.light],
        },
        legend: { symbolType: "square", symbolStrokeWidth: 0 },
      },
      order: { field: "role", sort: "descending" },
    },
  };
  return {
    id: "population",
    title: populationTitle(leechers, seeders, isAmongStrangers),
    caption: `${isAmongStrangers ? "The client and its connected peers" : "Peers in the swarm"} over time: leechers on top of seeders`,
    reading:
      "The upper edge is everybody. Leechers turn into seeders as they complete, and it falls as peers leave.",
    legend: ["leechers", "seeders"],
    view,
  };
}

type Count = { readonly timeSeconds: number; readonly value: number };

function lastOfBuckets(rows: readonly Count[]): Count[] {
  const points = buckets(rows).map((bucket) => bucket.rows.at(-1) as Count);
  // The first count holds from the start.
  return points[0] === undefined ? [] : [{ ...points[0], timeSeconds: 0 }, ...points];
}

function populationTitle(
  leechers: readonly Count[],
  seeders: readonly Count[],
  isAmongStrangers: boolean,
): string {
  let peak: Count = { timeSeconds: 0, value: 0 };
  leechers.forEach(({ timeSeconds, value }, at) => {
    const all = value + (seeders[at]?.value ?? 0);
    if (all > peak.value) peak = { timeSeconds, value: all };
  });
  if (isAmongStrangers) {
    return `The client was connected to ${counted(Math.max(0, peak.value - 1), "peer")} at most`;
  }
  const most = `The swarm grew to ${counted(peak.value, "peer")}`;
  const left = leechers.at(-1)?.value ?? 0;
  if (left > 0) return `${most}, with ${counted(left, "leecher")} in it at the end`;
  // The first count of those at the end that found no leecher.
  const lastLeeching = leechers.findLastIndex((row) => row.value > 0);
  const emptied = leechers[lastLeeching + 1]?.timeSeconds ?? 0;
  return `${most}; no leecher was left after ${duration(emptied)}`;
}
