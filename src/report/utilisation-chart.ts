import type { RunResult, SampleRow } from "../metrics/results.ts";
import { type Chart, timeAxis } from "./chart.ts";
import { classEncoding, classNames } from "./class-scale.ts";
import { bucketMean, buckets, samplesOf } from "./series.ts";
import { inUnit, timeUnit } from "./units.ts";

type Link = "uplink" | "downlink";

/** How much of its uplinks, or of its leechers' downlinks, each class uses over time. */
export function utilisationChart(result: RunResult, link: Link): Chart {
  const value = (row: SampleRow) =>
    link === "uplink" ? row.uplinkUtilisation : row.downlinkUtilisation;
  const names = classNames(result).filter((name) =>
    result.samples.some((row) => row.class === name && value(row) !== null),
  );
  const unit = timeUnit(result.summary.simulatedSeconds);
  const values = names.flatMap((name) =>
    buckets(samplesOf(result, name)).map((bucket) => {
      const used = bucketMean(bucket, value);
      return {
        class: name,
        time: inUnit(bucket.timeSeconds, unit),
        used: used === null ? null : Number(used.toFixed(4)),
      };
    }),
  );
  const whose = link === "uplink" ? "the peers' uplinks" : "the leechers' downlinks";
  const view = {
    data: { values },
    mark: { type: "line", clip: true },
    encoding: {
      x: timeAxis(result, unit),
      y: {
        field: "used",
        type: "quantitative",
        title: `${link}s in use`,
        // Blocks on their way to a leecher that has just completed can take it above 100 %.
        scale: { domain: [0, Math.max(1, ...values.map((point) => point.used ?? 0))] },
        axis: { format: ".0%" },
      },
      ...classEncoding(result, names),
    },
  };
  return {
    id: `${link}-utilisation`,
    title: utilisationTitle(result, link, names, value),
    caption: `Share of the capacity of ${whose} that carries file data, by class over time`,
    legend: names,
    view,
  };
}

/** Says the class that uses its links most, and least, while somebody is leeching. */
function utilisationTitle(
  result: RunResult,
  link: Link,
  names: readonly string[],
  value: (row: SampleRow) => number | null,
): string {
  const leeching = new Set<number>();
  for (const row of result.samples) if (row.leechers > 0) leeching.add(row.timeSeconds);
  const means = names.flatMap((name) => {
    const rows = samplesOf(result, name).filter((row) => leeching.has(row.timeSeconds));
    const used = rows.map(value).filter((one) => one !== null);
    const mean = used.reduce((sum, one) => sum + one, 0) / used.length;
    return used.length === 0 ? [] : [{ name, mean }];
  });
  means.sort((a, b) => b.mean - a.mean);
  const [most, least] = [means[0], means.at(-1)];
  if (most === undefined || least === undefined) return `No ${link} was in use`;
  const first = `${most.name}: ${link}s ${percent(most.mean)} in use on average`;
  return most === least ? first : `${first}; ${least.name}: ${percent(least.mean)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
