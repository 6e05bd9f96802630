import type { RunResult, SampleRow } from "../metrics/results.ts";
import { type Chart, timeAxis } from "./chart.ts";
import { classEncoding, classNames } from "./class-scale.ts";
import { bucketMean, buckets, samplesOf } from "./series.ts";
import { inUnit, rate, rateUnit, timeUnit } from "./units.ts";

/** How fast each class downloads, or uploads, over time: the sum of its peers. */
export function throughputChart(result: RunResult, direction: "download" | "upload"): Chart {
  const value = (row: SampleRow) =>
    direction === "download" ? row.downloadBytesPerSecond : row.uploadBytesPerSecond;
  const names = classNames(result).filter((name) =>
    result.samples.some((row) => row.class === name && value(row) > 0),
  );
  const lines = names.map((name) =>
    buckets(samplesOf(result, name)).map((bucket) => ({
      timeSeconds: bucket.timeSeconds,
      rate: bucketMean(bucket, value) ?? 0,
    })),
  );
  const peaks = lines.map((line) => Math.max(0, ...line.map((point) => point.rate)));
  const unit = rateUnit(Math.max(0, ...peaks));
  const time = timeUnit(result.summary.simulatedSeconds);
  const values = names.flatMap((name, at) =>
    (lines[at] ?? []).map((point) => ({
      class: name,
      time: inUnit(point.timeSeconds, time),
      rate: inUnit(point.rate, unit),
    })),
  );
  const view = {
    data: { values },
    mark: { type: "line", clip: true },
    encoding: {
      x: timeAxis(result, time),
      y: { field: "rate", type: "quantitative", title: `${direction} rate (${unit.name})` },
      ...classEncoding(result, names),
    },
  };
  return {
    id: `${direction}-throughput`,
    title: throughputTitle(direction, names, peaks),
    caption: `${direction === "download" ? "Downloads" : "Uploads"} of file data over time, all peers of a class together`,
    legend: names,
    view,
  };
}

function throughputTitle(
  direction: "download" | "upload",
  names: readonly string[],
  peaks: readonly number[],
): string {
  const most = Math.max(0, ...peaks);
  if (most === 0) return `Nobody ${direction}ed anything`;
  const first = names[peaks.indexOf(most)];
  const verb = direction === "download" ? "downloads" : "uploads";
  if (names.length === 1) return `${first} ${verb} at up to ${rate(most)}`;
  return `${first} ${verb} most: up to ${rate(most)}`;
}
