import type { RunResult, SampleRow } from "../metrics/results.ts";
import { type Chart, emptyChart, timeAxis } from "./chart.ts";
import { classEncoding, classNames, shortName } from "./class-scale.ts";
import { meanLine, samplesOf } from "./series.ts";
import { inUnit, rate, rateUnit, timeUnit } from "./units.ts";

type Direction = "download" | "upload";

const readings: Readonly<Record<Direction, string>> = {
  download:
    "A line is the sum over a class, so many slow peers can stand above a few fast ones. It falls as peers complete.",
  upload:
    "All uploads together are all downloads together, but for what is on its way: this is where the data comes from.",
};

/** How fast each class downloads, or uploads, over time: the sum of its peers. */
export function throughputChart(result: RunResult, direction: Direction): Chart {
  const value = (row: SampleRow) =>
    direction === "download" ? row.downloadBytesPerSecond : row.uploadBytesPerSecond;
  const names = classNames(result).filter((name) =>
    result.samples.some((row) => row.class === name && value(row) > 0),
  );
  const lines = names.map((name) => meanLine(samplesOf(result, name), value));
  const peaks = lines.map((line) => Math.max(0, ...line.map((point) => point.value ?? 0)));
  const texts = {
    title: throughputTitle(direction, names, peaks),
    caption: `${direction === "download" ? "Downloads" : "Uploads"} of file data over time, all peers of a class together`,
    reading: readings[direction],
  };
  const id = `${direction}-throughput`;
  if (names.length === 0) return emptyChart(id, { ...texts, reason: texts.title });
  const unit = rateUnit(Math.max(0, ...peaks));
  const time = timeUnit(result.summary.simulatedSeconds);
  const values = names.flatMap((name, at) =>
    (lines[at] ?? []).map((point) => ({
      class: name,
      time: inUnit(point.timeSeconds, time),
      rate: inUnit(point.value ?? 0, unit),
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
  return { id, ...texts, legend: names, view };
}

function throughputTitle(
  direction: Direction,
  names: readonly string[],
  peaks: readonly number[],
): string {
  const most = Math.max(0, ...peaks);
  const first = names[peaks.indexOf(most)];
  if (first === undefined) return `Nobody ${direction}ed anything`;
  const verb = direction === "download" ? "downloads" : "uploads";
  if (names.length === 1) return `${shortName(first)} ${verb} at up to ${rate(most)}`;
  return `${shortName(first)} ${verb} most: up to ${rate(most)}`;
}
