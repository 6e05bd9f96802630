import { isStranger, type PeerRow, type RunResult } from "../metrics/results.ts";
import { availabilityChart } from "./availability-chart.ts";
import { boundChart } from "./bound-chart.ts";
import type { Chart } from "./chart.ts";
import { completionChart } from "./completion-chart.ts";
import { populationChart } from "./population-chart.ts";
import { shareRatioChart } from "./share-ratio-chart.ts";
import { hasStrangers } from "./strangers.ts";
import { throughputChart } from "./throughput-chart.ts";
import { utilisationChart } from "./utilisation-chart.ts";

/** All charts of a run, in the order of a report. Among strangers some have nothing to show. */
export function charts(result: RunResult): Chart[] {
  const { peers } = result;
  const isAmongStrangers = hasStrangers(result);
  const hasLimit = (link: "upload" | "download") =>
    !isAmongStrangers || peers.some((peer) => !isStranger(peer) && isLimited(peer, link));
  return [
    completionChart(result),
    ...(isAmongStrangers ? [] : [boundChart(result)]),
    populationChart(result),
    availabilityChart(result),
    throughputChart(result, "download"),
    throughputChart(result, "upload"),
    ...(hasLimit("download") ? [utilisationChart(result, "downlink")] : []),
    ...(hasLimit("upload") ? [utilisationChart(result, "uplink")] : []),
    shareRatioChart(result),
  ];
}

function isLimited(peer: PeerRow, link: "upload" | "download"): boolean {
  return peer[`${link}CapacityBytesPerSecond`] !== Number.POSITIVE_INFINITY;
}
