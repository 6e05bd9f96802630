import type { PeerRow, RunResult } from "../metrics/results.ts";
import { type Chart, emptyChart, type Json } from "./chart.ts";
import { distribution } from "./series.ts";
import { font, ink } from "./theme.ts";
import { duration, inUnit, ratio, timeUnit, type Unit } from "./units.ts";

const id = "bound";
const reading =
  "No protocol can bring the line to 100 % left of the bound. The closer it comes, the better the swarm used what its peers can carry.";
const caption =
  "Share of all leechers that have completed, by time since the first came, against the minimum distribution time of Kumar and Ross (2006)";

/** When the swarm was done, against the time below which no protocol can be. */
export function boundChart(result: RunResult): Chart {
  const title = boundTitle(result);
  const leechers = result.peers.filter((peer) => peer.role === "leecher");
  const first = firstArrival(leechers);
  const times = leechers
    .flatMap(({ completedSeconds }) =>
      completedSeconds === null ? [] : [completedSeconds - first],
    )
    .sort((a, b) => a - b);
  const { minimumDistributionSeconds: minimum } = result.summary.bound;
  if (times.length === 0)
    return emptyChart(id, { title, caption, reading, reason: "Nobody completed" });
  const last = times.at(-1) ?? 0;
  const unit = timeUnit(Math.max(last, minimum ?? 0));
  const steps = [{ value: 0, share: 0 }, ...distribution(times, leechers.length)];
  const values = steps.map((step) => ({
    time: inUnit(step.value, unit),
    share: Number(step.share.toFixed(4)),
  }));
  const longest = inUnit(Math.max(last, minimum ?? 0), unit);
  const x = {
    field: "time",
    type: "quantitative",
    title: `time since the first arrival (${unit.name})`,
    scale: { domain: [0, longest * 1.02], nice: true },
  };
  const y = {
    field: "share",
    type: "quantitative",
    title: "completed (share of leechers)",
    scale: { domain: [0, 1] },
    axis: { format: ".0%" },
  };
  const line = {
    data: { values },
    mark: { type: "line", interpolate: "step-after", color: ink.seeders.light, clip: true },
    encoding: { x, y },
  };
  const rules = minimum === null ? [] : boundRules(minimum, longest, unit);
  return { id, title, caption, reading, legend: [], view: { layer: [line, ...rules] } };
}

/** The bound, with its label above the plot, where no line crosses it. */
function boundRules(minimum: number, longest: number, unit: Unit): Json[] {
  const time = inUnit(minimum, unit);
  const share = time / longest;
  const align = share < 0.3 ? "left" : share > 0.7 ? "right" : "center";
  const data = { values: [{ time, label: `lower bound: ${duration(minimum)}` }] };
  const x = { field: "time", type: "quantitative" };
  const color = ink.text.light;
  return [
    { data, mark: { type: "rule", color, strokeWidth: 2, strokeDash: [6, 3] }, encoding: { x } },
    {
      data,
      mark: {
        type: "text",
        font,
        fontSize: 12,
        fontWeight: "bold",
        color,
        align,
        baseline: "bottom",
        y: -4,
      },
      encoding: { x, text: { field: "label", type: "nominal" } },
    },
  ];
}

function boundTitle(result: RunResult): string {
  const { minimumDistributionSeconds: minimum, ratio: times } = result.summary.bound;
  if (minimum === null)
    return "No lower bound: peers bring pieces, leave early or rejoin, no link is a limit, or a role is missing";
  const arrivals = arrivalSpan(result.peers.filter((peer) => peer.role === "leecher"));
  // It is a bound for all at once. It holds for peers that come one by one, but most of its time is then theirs.
  if (arrivals > 2 * minimum) {
    return `Leechers came over ${duration(arrivals)}, and the lower bound for all at once is ${duration(minimum)}`;
  }
  if (times === null) return `Not everybody completed; the lower bound is ${duration(minimum)}`;
  return `The swarm took ${ratio(times)} times the least possible ${duration(minimum)}`;
}

function firstArrival(leechers: readonly PeerRow[]): number {
  return leechers.reduce((first, peer) => Math.min(first, peer.arrivedSeconds), Infinity);
}

function arrivalSpan(leechers: readonly PeerRow[]): number {
  const last = leechers.reduce((latest, peer) => Math.max(latest, peer.arrivedSeconds), 0);
  return last - firstArrival(leechers);
}
