import { completionTimes, quantileOfAll } from "../../compare/measures.ts";
import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { distribution } from "../series.ts";
import { elapsed, inUnit, timeUnit } from "../units.ts";
import { type ComparedRuns, seedCount, variantEncoding, variantNames } from "./variant-scale.ts";

const id = "completion";
const reading =
  "Further left is faster, steeper is more alike. A line that stops below 100 % has leechers that did not complete.";

/** The distribution of completion times of all leechers, a line a variant. */
export function completionOverlayChart(content: ComparedRuns): Chart {
  const names = variantNames(content);
  const caption = `Share of all leechers that have the whole file, by time since they arrived; the leechers of ${seedCount(content.comparison)} together`;
  const all = content.variants.map(({ name, runs }) => {
    const leechers = runs.flatMap(({ peers }) => peers.filter(({ role }) => role === "leecher"));
    return { name, count: leechers.length, times: completionTimes(leechers) };
  });
  const title = completionTitle(
    all.map(({ name, count, times }) => ({ name, half: quantileOfAll(times, count, 0.5) })),
  );
  const longest = Math.max(0, ...all.map(({ times }) => times.at(-1) ?? 0));
  if (longest === 0) return emptyChart(id, { title, caption, reading, reason: "Nobody completed" });
  const unit = timeUnit(longest);
  const values = all.flatMap(({ name, count, times }) => {
    const steps = [{ value: 0, share: 0 }, ...distribution(times, count)];
    // All lines go on to the end: level, where the rest did not complete.
    steps.push({ value: longest, share: times.length / Math.max(1, count) });
    return steps.map((step) => ({
      variant: name,
      time: inUnit(step.value, unit),
      share: Number(step.share.toFixed(4)),
    }));
  });
  const view = {
    data: { values },
    mark: { type: "line", interpolate: "step-after", clip: true },
    encoding: {
      x: { field: "time", type: "quantitative", title: `time since arrival (${unit.name})` },
      y: {
        field: "share",
        type: "quantitative",
        title: "completed (share of leechers)",
        scale: { domain: [0, 1] },
        axis: { format: ".0%" },
      },
      ...variantEncoding(names, names, "stroke"),
    },
  };
  return { id, title, caption, reading, legend: names, view };
}

function completionTitle(
  variants: readonly { readonly name: string; readonly half: number | null }[],
): string {
  const known = variants.flatMap(({ name, half }) =>
    half === null ? [] : [{ name: shortName(name), half }],
  );
  known.sort((a, b) => a.half - b.half);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return "Less than half of the leechers completed";
  if (variants.length === 1) return `Half of the leechers completed within ${elapsed(first.half)}`;
  const fastest = `Half completed within ${elapsed(first.half)} with ${first.name}`;
  const missing = variants.length - known.length;
  if (missing > 0) return `${fastest}; less than half completed with ${missing} of the variants`;
  return `${fastest}, within ${elapsed(last.half)} with ${last.name}`;
}
