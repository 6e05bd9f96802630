import type { Chart } from "../chart.ts";
import type { ComparisonOrigin } from "../comparison/comparison-page.ts";
import { chartFiles, type ReportFile } from "../draw.ts";
import type { PageFile } from "../page-parts.ts";
import { aloneChart } from "./alone-chart.ts";
import { matchMatrixChart } from "./match-matrix-chart.ts";
import { standingsChart } from "./standings-chart.ts";
import type { TournamentContent } from "./tournament-content.ts";
import { tournamentPage } from "./tournament-page.ts";

export interface TournamentReport {
  readonly content: TournamentContent;
  readonly origin: ComparisonOrigin;
  /** The data files beside the page. */
  readonly files: readonly PageFile[];
  /** The TTFs of the PNGs' texts. */
  readonly fontFiles: readonly string[];
}

/** Draws the charts of a tournament, and its page. */
export async function* tournamentReportFiles(report: TournamentReport): AsyncGenerator<ReportFile> {
  const { content, origin, files, fontFiles } = report;
  const charts = yield* chartFiles(tournamentCharts(content), fontFiles);
  yield { path: "report.html", content: tournamentPage({ content, origin, charts, files }) };
}

/** All charts of a tournament, in the order of its page. */
export function tournamentCharts(content: TournamentContent): Chart[] {
  return [standingsChart(content), matchMatrixChart(content), aloneChart(content)];
}
