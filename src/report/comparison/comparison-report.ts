import { chartFiles, type ReportFile } from "../draw.ts";
import type { PageFile } from "../page-parts.ts";
import { comparisonCharts } from "./comparison-charts.ts";
import { type ComparisonOrigin, comparisonPage } from "./comparison-page.ts";
import type { ComparedRuns } from "./variant-scale.ts";

export interface ComparisonReport {
  readonly content: ComparedRuns;
  readonly origin: ComparisonOrigin;
  /** The data files beside the page. */
  readonly files: readonly PageFile[];
  /** The TTFs of the PNGs' texts. */
  readonly fontFiles: readonly string[];
}

/** Draws the charts of a comparison, and its page. */
export async function* comparisonReportFiles(report: ComparisonReport): AsyncGenerator<ReportFile> {
  const { content, origin, files, fontFiles } = report;
  const charts = yield* chartFiles(comparisonCharts(content), fontFiles);
  yield { path: "report.html", content: comparisonPage({ content, origin, charts, files }) };
}
