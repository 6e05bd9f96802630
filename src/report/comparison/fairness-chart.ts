import { leechingSeconds } from "../../compare/measures.ts";
import type { RunFigures } from "../../compare/run-figures.ts";
import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { inUnit, significant, timeUnit } from "../units.ts";
import { type ComparedRuns, variantEncoding, variantNames } from "./variant-scale.ts";

const id = "fairness";
const caption =
  "Fairness against speed (after Fan, Lui and Chiu 2006): how much downloaded ÷ uploaded differs from leecher to leecher, and the mean completion time; a small dot a run, a large one the mean of its variant";
const reading =
  "Further left is fairer, further down is faster, and it is hard to have both. Leechers that gave nothing have no ratio and are left out across, but not upwards.";

interface Point {
  readonly variant: string;
  readonly unfairness: number;
  readonly seconds: number;
}

/** One dot a run: how unequal what peers get for what they give is, and how fast they are. */
export function fairnessChart(content: ComparedRuns): Chart {
  const names = variantNames(content);
  const points = content.variants.flatMap(({ name, runs }) =>
    runs.flatMap((run) => {
      const point = { unfairness: unfairness(run), seconds: meanCompletion(run) };
      if (point.unfairness === null || point.seconds === null) return [];
      return [{ variant: name, unfairness: point.unfairness, seconds: point.seconds }];
    }),
  );
  const means = names.flatMap((name) => {
    const own = points.filter(({ variant }) => variant === name);
    return own.length === 0 ? [] : [{ variant: name, ...meanPoint(own) }];
  });
  const title = fairnessTitle(means);
  if (means.length === 0)
    return emptyChart(id, { title, caption, reading, reason: "Nobody completed" });
  const unit = timeUnit(Math.max(...points.map(({ seconds }) => seconds)));
  const rows = (list: readonly Point[]) =>
    list.map(({ variant, ...point }) => ({
      variant,
      unfairness: significant(point.unfairness, 5),
      time: inUnit(point.seconds, unit),
    }));
  const encoding = {
    x: {
      field: "unfairness",
      type: "quantitative",
      title: "standard deviation of downloaded ÷ uploaded",
      scale: { domain: domainOf(points.map((one) => one.unfairness)), zero: false, nice: true },
    },
    y: {
      field: "time",
      type: "quantitative",
      title: `mean completion time (${unit.name})`,
      scale: {
        domain: domainOf(points.map((one) => one.seconds / unit.size)),
        zero: false,
        nice: true,
      },
    },
    ...variantEncoding(names, names, "circle"),
  };
  const view = {
    layer: [
      {
        data: { values: rows(points) },
        mark: { type: "circle", size: 36, opacity: 0.5 },
        encoding,
      },
      {
        data: { values: rows(means) },
        mark: { type: "circle", size: 160, opacity: 1 },
        encoding,
      },
    ],
  };
  return { id, title, caption, reading, legend: names, view };
}

/** From the least to the most with some room around, also where all are the same. */
function domainOf(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.05 * (most - least), 0.02 * most, 0.001);
  return [Math.max(0, significant(least - room, 5)), significant(most + room, 5)];
}

/** Standard deviation over the leechers of downloaded over uploaded, of those that uploaded anything. */
export function unfairness({ peers }: RunFigures): number | null {
  const ratios = peers
    .filter(({ role, uploadedBytes }) => role === "leecher" && uploadedBytes > 0)
    .map(({ downloadedBytes, uploadedBytes }) => downloadedBytes / uploadedBytes);
  if (ratios.length === 0) return null;
  const mean = ratios.reduce((sum, one) => sum + one, 0) / ratios.length;
  const squares = ratios.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  return Math.sqrt(squares / ratios.length);
}

/** Mean completion time of the leechers that completed. */
function meanCompletion(run: RunFigures): number | null {
  const times = run.peers
    .filter(({ completionSeconds }) => completionSeconds !== null)
    .map((peer) => leechingSeconds(peer, run));
  return times.length === 0 ? null : times.reduce((sum, one) => sum + one, 0) / times.length;
}

function meanPoint(points: readonly Point[]): Omit<Point, "variant"> {
  const mean = (value: (point: Point) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  return { unfairness: mean((one) => one.unfairness), seconds: mean((one) => one.seconds) };
}

function fairnessTitle(means: readonly Point[]): string {
  const [fairest] = [...means].sort((a, b) => a.unfairness - b.unfairness);
  const [fastest] = [...means].sort((a, b) => a.seconds - b.seconds);
  if (fairest === undefined || fastest === undefined) return "Nobody completed";
  if (means.length === 1) {
    return `Downloaded ÷ uploaded differs by ${significant(fairest.unfairness, 2)} from leecher to leecher`;
  }
  if (fairest === fastest) return `${shortName(fairest.variant)} is both fairest and fastest`;
  return `${shortName(fairest.variant)} is fairest, ${shortName(fastest.variant)} is fastest`;
}
