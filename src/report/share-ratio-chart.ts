import type { PeerRow, RunResult } from "../metrics/results.ts";
import { quantile } from "../metrics/summary.ts";
import { type Chart, emptyChart, type Json } from "./chart.ts";
import { classEncoding, classNames, shortName } from "./class-scale.ts";
import { hasStrangers } from "./strangers.ts";
import { ink } from "./theme.ts";
import { ratio, significant } from "./units.ts";

/** Ticks a class: each peer up to this many, quantiles beyond. */
const maxTicks = 80;

const id = "share-ratio";
const captionOfAll =
  "Uploaded ÷ downloaded of each leecher: a tick a peer (or quantile), the middle half as a box, the median as a line";
const captionAmongStrangers =
  "Uploaded ÷ downloaded of each leecher: our client's, and of every other peer what it gave us ÷ what it took from us";
const reading =
  "Right of the dashed line a peer gave more than it took. Slow uplinks and free riders stand on the left.";

/** What leechers gave for what they took, by class. */
export function shareRatioChart(result: RunResult): Chart {
  const caption = hasStrangers(result) ? captionAmongStrangers : captionOfAll;
  const classes = classNames(result)
    .map((name) => ({ name, ratios: shareRatios(result.peers, name) }))
    .filter(({ ratios }) => ratios.length > 0);
  if (classes.length === 0) {
    const reason = "No leecher downloaded anything";
    return emptyChart(id, { title: reason, caption, reading, reason });
  }
  const names = classes.map(({ name }) => name);
  const boxes = classes.map(({ name, ratios }) => ({
    class: name,
    p25: rounded(quantile(ratios, 0.25)),
    median: rounded(quantile(ratios, 0.5)),
    p75: rounded(quantile(ratios, 0.75)),
  }));
  const ticks = classes.flatMap(({ name, ratios }) =>
    thinned(ratios).map((value) => ({ class: name, ratio: rounded(value) })),
  );
  return {
    id,
    title: shareTitle(result, names),
    caption,
    reading,
    legend: [],
    height: classes.length * 56 + 8,
    view: view(result, names, boxes, ticks),
  };
}

function view(result: RunResult, names: readonly string[], boxes: unknown, ticks: unknown): Json {
  const { color } = classEncoding(result, names) as { color: Json };
  const y = { field: "class", type: "nominal", sort: null, title: null };
  const coloured = { y, color: { ...color, legend: null } };
  const title = "share ratio (uploaded ÷ downloaded)";
  const x = (field: string) => ({ field, type: "quantitative", title });
  return {
    layer: [
      {
        data: { values: [{ one: 1 }] },
        mark: { type: "rule", color: ink.axis.light, strokeDash: [4, 3], strokeWidth: 1.5 },
        encoding: { x: x("one") },
      },
      {
        data: { values: ticks },
        mark: { type: "tick", thickness: 1.5, opacity: 0.6, size: 16 },
        encoding: { x: x("ratio"), ...coloured },
      },
      {
        data: { values: boxes },
        mark: { type: "bar", size: 34, opacity: 0.3 },
        encoding: { x: x("p25"), x2: { field: "p75" }, ...coloured },
      },
      {
        data: { values: boxes },
        mark: { type: "tick", thickness: 3, size: 34, opacity: 1, color: ink.text.light },
        encoding: { x: x("median"), y },
      },
    ],
  };
}

/** Share ratios of a class's leechers that downloaded something, ascending. */
export function shareRatios(peers: readonly PeerRow[], name: string): number[] {
  return peers
    .filter((peer) => peer.class === name && peer.role === "leecher" && peer.downloadedBytes > 0)
    .map((peer) => peer.uploadedBytes / peer.downloadedBytes)
    .sort((a, b) => a - b);
}

/** All, or as many quantiles between the first and the last per cent, so that one odd peer does not set the scale. */
function thinned(ascending: readonly number[]): number[] {
  if (ascending.length <= maxTicks) return [...ascending];
  return Array.from({ length: maxTicks }, (_, at) => {
    return quantile(ascending, 0.01 + (0.98 * at) / (maxTicks - 1)) ?? 0;
  });
}

function rounded(value: number | null): number {
  return significant(value ?? 0, 4);
}

function shareTitle(result: RunResult, names: readonly string[]): string {
  const shares = names.map((name) => {
    return { name, share: result.summary.classes[name]?.shareRatio ?? 0 };
  });
  shares.sort((a, b) => b.share - a.share);
  const [most, least] = [shares[0], shares.at(-1)];
  if (most === undefined || least === undefined) return "Nobody shared";
  if (most.share === 0) return `${shortName(most.name)} gave nothing for what it took`;
  const first = `${shortName(most.name)} gave ${ratio(most.share)} bytes for each byte it took`;
  return most === least ? first : `${first}, ${shortName(least.name)} ${ratio(least.share)}`;
}
