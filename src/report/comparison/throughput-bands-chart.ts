import type { DownloadCurve, RunFigures } from "../../compare/run-figures.ts";
import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { inUnit, rate, rateUnit, timeUnit } from "../units.ts";
import { type ComparedRuns, seedCount, variantEncoding, variantNames } from "./variant-scale.ts";

const id = "throughput";

/** Intervals of a line, of the same length in all variants. */
const intervals = 100;

/** A variant's download rate in an interval, in bytes per second. */
interface Rate {
  readonly seconds: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What all peers download over time: the mean over the seeds, and a band from the slowest to the fastest. */
export function throughputBandsChart(content: ComparedRuns): Chart {
  const names = variantNames(content);
  const { seeds } = content.comparison;
  const hasBands = seeds.length > 1;
  const band = `, mean of ${seedCount(content.comparison)}; the bands go from the lowest to the highest seed`;
  const texts = {
    caption: `Downloads of file data over time, all peers together${hasBands ? band : ""}`,
    reading: `The area under each line is what was downloaded. A line that is higher early and ends early is a faster swarm${
      hasBands ? "; where bands do not overlap, no seed is the other way round" : ""
    }.`,
  };
  const end = Math.max(
    0,
    ...content.variants.flatMap(({ runs }) => runs.map(({ downloads }) => lastDownload(downloads))),
  );
  const lines = content.variants.map(({ runs }) => ratesOf(runs, end));
  const peaks = lines.map((line) => Math.max(0, ...line.map(({ mean }) => mean)));
  const title = throughputTitle(names, peaks);
  if (end === 0) return emptyChart(id, { ...texts, title, reason: "Nobody downloaded anything" });
  const unit = rateUnit(Math.max(...peaks));
  const time = timeUnit(end);
  const values = lines.flatMap((line, at) =>
    line.map((point) => ({
      variant: names[at],
      time: inUnit(point.seconds, time),
      mean: inUnit(point.mean, unit),
      ...(hasBands ? { low: inUnit(point.low, unit), high: inUnit(point.high, unit) } : {}),
    })),
  );
  const x = {
    field: "time",
    type: "quantitative",
    title: `time (${time.name})`,
    scale: { domain: [0, inUnit(end, time)], nice: false },
  };
  const y = (field: string) => {
    return { field, type: "quantitative", title: `download rate (${unit.name})` };
  };
  const encoding = { x, ...variantEncoding(names, names, "stroke") };
  const line = { mark: { type: "line", clip: true }, encoding: { ...encoding, y: y("mean") } };
  const { color } = encoding as { color?: object };
  const area = {
    mark: { type: "area", opacity: 0.2, clip: true },
    encoding: { x, y: y("low"), y2: { field: "high" }, color },
  };
  const view = { data: { values }, layer: hasBands ? [area, line] : [line] };
  return { id, title, ...texts, legend: names, view };
}

/** Rates of the intervals from 0 to `end`, at their middles. */
function ratesOf(runs: readonly RunFigures[], end: number): Rate[] {
  const length = end / intervals;
  return Array.from({ length: intervals }, (_, at) => {
    const rates = runs.map(({ downloads }) => {
      return (bytesAt(downloads, (at + 1) * length) - bytesAt(downloads, at * length)) / length;
    });
    const mean = rates.reduce((sum, one) => sum + one, 0) / Math.max(1, rates.length);
    return {
      seconds: (at + 0.5) * length,
      mean,
      low: Math.min(...rates),
      high: Math.max(...rates),
    };
  });
}

/** What had been downloaded by a time, linear between two samples. */
function bytesAt({ seconds, bytes }: DownloadCurve, time: number): number {
  const after = seconds.findIndex((one) => one >= time);
  if (after < 0) return bytes.at(-1) ?? 0;
  if (after === 0) return bytes[0] ?? 0;
  const [start, end] = [seconds[after - 1] as number, seconds[after] as number];
  const [low, high] = [bytes[after - 1] as number, bytes[after] as number];
  return low + ((time - start) / (end - start)) * (high - low);
}

/** When the last byte came. */
function lastDownload({ seconds, bytes }: DownloadCurve): number {
  const all = bytes.at(-1) ?? 0;
  return all === 0 ? 0 : (seconds[bytes.indexOf(all)] ?? 0);
}

function throughputTitle(names: readonly string[], peaks: readonly number[]): string {
  const most = Math.max(0, ...peaks);
  const first = names[peaks.indexOf(most)];
  if (first === undefined || most === 0) return "Nobody downloaded anything";
  if (names.length === 1) return `The swarm downloads at up to ${rate(most)}`;
  const least = Math.min(...peaks);
  const last = names[peaks.indexOf(least)] ?? "";
  if (most < 1.02 * least) return `The swarm downloads at up to ${rate(most)} in all variants`;
  return `The swarm downloads at up to ${rate(most)} with ${shortName(first)}, ${rate(least)} with ${shortName(last)}`;
}
