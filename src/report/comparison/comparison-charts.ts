import type { Chart } from "../chart.ts";
import { completionOverlayChart } from "./completion-overlay-chart.ts";
import { exchangeChart } from "./exchange-chart.ts";
import { fairnessChart } from "./fairness-chart.ts";
import { sharesChart } from "./shares-chart.ts";
import { speedUpChart } from "./speed-up-chart.ts";
import { throughputBandsChart } from "./throughput-bands-chart.ts";
import type { ComparedRuns } from "./variant-scale.ts";

/** All charts of a comparison, in the order of its page. */
export function comparisonCharts(content: ComparedRuns): Chart[] {
  return [
    ...(content.shares === undefined ? [] : [sharesChart(content.shares)]),
    speedUpChart(content),
    completionOverlayChart(content),
    throughputBandsChart(content),
    fairnessChart(content),
    exchangeChart(content),
  ];
}
