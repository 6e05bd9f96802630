import type { RunResult } from "../metrics/results.ts";
import { availabilityChart } from "./availability-chart.ts";
import { boundChart } from "./bound-chart.ts";
import type { Chart } from "./chart.ts";
import { completionChart } from "./completion-chart.ts";
import { populationChart } from "./population-chart.ts";
import { shareRatioChart } from "./share-ratio-chart.ts";
import { throughputChart } from "./throughput-chart.ts";
import { utilisationChart } from "./utilisation-chart.ts";

/** All charts of a run, in the order of a report. */
export function charts(result: RunResult): Chart[] {
  return [
    completionChart(result),
    boundChart(result),
    populationChart(result),
    availabilityChart(result),
    throughputChart(result, "download"),
    throughputChart(result, "upload"),
    utilisationChart(result, "downlink"),
    utilisationChart(result, "uplink"),
    shareRatioChart(result),
  ];
}
