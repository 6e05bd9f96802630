import { leechingSeconds, leftAt } from "../../compare/measures.ts";
import type { RunFigures } from "../../compare/run-figures.ts";
import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { ink } from "../theme.ts";
import { inUnit, rateUnit } from "../units.ts";
import { type ComparedRuns, seedCount, variantEncoding, variantNames } from "./variant-scale.ts";

const id = "exchange";

/** Dots of a panel: a page has room for no more. */
const maxDots = 400;

const reading =
  "On the dashed line a peer gets as fast as it gives. A cloud along a rising line pays givers back; a flat one treats all alike.";

/** Of a leecher, in bytes per second. */
interface Exchange {
  readonly up: number;
  readonly down: number;
}

/** What each leecher gave and what it got, a panel a variant. */
export function exchangeChart(content: ComparedRuns): Chart {
  const names = variantNames(content);
  const caption = `Each leecher's mean upload rate while it was in the swarm, and mean download rate until it completed; ${seedCount(content.comparison)}, a panel a variant`;
  const all = content.variants.map(({ name, runs }) => ({ name, peers: exchanges(runs) }));
  const title = exchangeTitle(all);
  const rates = all.flatMap(({ peers }) => peers.flatMap(({ up, down }) => [up, down]));
  const most = rates.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0)
    return emptyChart(id, { title, caption, reading, reason: "Nobody downloaded anything" });
  const unit = rateUnit(most);
  const values = all.flatMap(({ name, peers }) =>
    thinned(peers).map(({ up, down }) => ({
      variant: name,
      up: inUnit(up, unit),
      down: inUnit(down, unit),
    })),
  );
  const widest = (value: (one: Exchange) => number) =>
    inUnit(
      all.flatMap(({ peers }) => peers.map(value)).reduce((a, b) => Math.max(a, b), 0),
      unit,
    );
  const [right, top] = [widest(({ up }) => up), widest(({ down }) => down)];
  const end = Math.min(right, top);
  const axis = (field: string, text: string, domainEnd: number) => ({
    field,
    type: "quantitative",
    title: `${text} (${unit.name})`,
    scale: { domain: [0, domainEnd], nice: true },
  });
  const [x, y] = [axis("up", "gives", right), axis("down", "gets", top)];
  const { color } = variantEncoding(names, names, "circle") as { color: object };
  const view = {
    data: { values },
    facet: { field: "variant", type: "nominal", sort: names },
    spec: {
      layer: [
        {
          data: {
            values: [
              { up: 0, down: 0 },
              { up: end, down: end },
            ],
          },
          mark: { type: "line", color: ink.axis.light, strokeDash: [4, 3], strokeWidth: 1.5 },
          encoding: { x, y },
        },
        {
          mark: { type: "circle", size: 16, opacity: 0.5 },
          encoding: { x, y, color: { ...color, legend: null } },
        },
      ],
    },
  };
  return { id, title, caption, reading, legend: [], view, panels: names.length };
}

function exchanges(runs: readonly RunFigures[]): Exchange[] {
  return runs.flatMap((run) =>
    run.peers.flatMap((peer) => {
      const present = leftAt(peer, run) - peer.arrivedSeconds;
      const leeching = leechingSeconds(peer, run);
      if (peer.role === "seeder" || !(present > 0) || !(leeching > 0)) return [];
      return [{ up: peer.uploadedBytes / present, down: peer.downloadedBytes / leeching }];
    }),
  );
}

/** All, or each so-manieth, so that every class and time of arrival is there in its share. */
function thinned<T>(items: readonly T[]): T[] {
  const kept = Math.min(items.length, maxDots);
  return Array.from(
    { length: kept },
    (_, at) => items[Math.floor((at * items.length) / kept)] as T,
  );
}

function exchangeTitle(
  all: readonly { readonly name: string; readonly peers: readonly Exchange[] }[],
): string {
  const known = all.flatMap(({ name, peers }) => {
    const value = correlation(peers);
    return value === null ? [] : [{ name: shortName(name), value }];
  });
  known.sort((a, b) => b.value - a.value);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return "What each leecher got for what it gave";
  const most = `What a leecher gets goes with what it gives most with ${first.name} (correlation ${signed(first.value)})`;
  if (all.length === 1)
    return `What a leecher gets goes with what it gives: correlation ${signed(first.value)}`;
  return first === last ? most : `${most}, least with ${last.name} (${signed(last.value)})`;
}

/** With two decimals and a real minus sign. */
function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

/** Pearson's; null where one side does not vary. */
export function correlation(peers: readonly Exchange[]): number | null {
  const mean = (value: (one: Exchange) => number) =>
    peers.reduce((sum, one) => sum + value(one), 0) / peers.length;
  const [up, down] = [mean((one) => one.up), mean((one) => one.down)];
  const both = mean((one) => (one.up - up) * (one.down - down));
  const ups = mean((one) => (one.up - up) * (one.up - up));
  const downs = mean((one) => (one.down - down) * (one.down - down));
  return ups > 0 && downs > 0 ? both / Math.sqrt(ups * downs) : null;
}
