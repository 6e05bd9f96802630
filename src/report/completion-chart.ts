import type { RunResult } from "../metrics/results.ts";
import { quantile } from "../metrics/summary.ts";
import { type Chart, emptyChart } from "./chart.ts";
import { classEncoding, classNames } from "./class-scale.ts";
import { distribution } from "./series.ts";
import { followedLeechers } from "./strangers.ts";
import { counted, duration, grouped, inUnit, timeUnit } from "./units.ts";

const caption =
  "Share of each class's leechers that have the whole file, by time since they arrived";
const reading =
  "Further left is faster, steeper is more alike. A line that stops below 100 % has leechers that did not complete.";

/** The distribution of completion times by class. A line that ends below 100 % has peers that did not complete. */
export function completionChart(result: RunResult): Chart {
  const leechers = followedLeechers(result);
  const title = completionTitle(result, leechers.length);
  const names = classNames(result).filter((name) => leechers.some((peer) => peer.class === name));
  const times = names.map((name) => completionTimes(result, name));
  if (times.every((own) => own.length === 0)) {
    const reason = leechers.length === 0 ? "No leechers" : "Nobody completed";
    return emptyChart("completion-time", { title, caption, reading, reason });
  }
  const longest = Math.max(...times.map((own) => own.at(-1) ?? 0));
  const unit = timeUnit(longest);
  const values = names.flatMap((name, at) => {
    const own = times[at] as number[];
    const count = leechers.filter((peer) => peer.class === name).length;
    const steps = distribution(own, count);
    // Who did not complete holds the line down to the end.
    if (own.length > 0 && own.length < count) {
      steps.push({ value: longest, share: own.length / count });
    }
    return steps.map((step) => ({
      class: name,
      time: inUnit(step.value, unit),
      share: Number(step.share.toFixed(4)),
    }));
  });
  const view = {
    data: { values },
    mark: { type: "line", interpolate: "step-after", clip: true },
    encoding: {
      x: {
        field: "time",
        type: "quantitative",
        title: `time since arrival (${unit.name})`,
        scale: { zero: true },
      },
      y: {
        field: "share",
        type: "quantitative",
        title: "completed (share of leechers)",
        scale: { domain: [0, 1] },
        axis: { format: ".0%" },
      },
      ...classEncoding(result, names),
    },
  };
  return { id: "completion-time", title, caption, reading, legend: names, view };
}

/** Completion times of a class, or of all, ascending. */
export function completionTimes(result: RunResult, name?: string): number[] {
  const times: number[] = [];
  for (const peer of result.peers) {
    if (name !== undefined && peer.class !== name) continue;
    if (peer.completionSeconds !== null) times.push(peer.completionSeconds);
  }
  return times.sort((a, b) => a - b);
}

function completionTitle(result: RunResult, leechers: number): string {
  const times = completionTimes(result);
  const [only] = times;
  if (only === undefined) {
    return leechers === 0
      ? "There was nobody to complete"
      : `None of ${counted(leechers, "leecher")} completed`;
  }
  if (leechers === 1) return `The only leecher completed after ${duration(only)}`;
  const half = duration(quantile(times, 0.5) ?? 0);
  const last = duration(times.at(-1) ?? 0);
  if (times.length === leechers) {
    return `Half of the ${grouped(leechers)} leechers completed within ${half}, all within ${last}`;
  }
  return `${grouped(times.length)} of ${counted(leechers, "leecher")} completed, half of those within ${half}`;
}
