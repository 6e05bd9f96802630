import type { RunResult } from "../metrics/results.ts";
import { charts } from "./charts.ts";
import { chartFiles, type ReportFile } from "./draw.ts";
import type { Manifest } from "./manifest.ts";
import { page } from "./page.ts";
import type { PageFile } from "./page-parts.ts";

/** What a report is drawn from. */
export interface ReportContent {
  readonly result: RunResult;
  readonly manifest: Manifest;
  /** The data files beside the page. */
  readonly files: readonly PageFile[];
  /** The TTFs of the PNGs' texts. */
  readonly fontFiles: readonly string[];
}

/** Draws each chart as `charts/*.vl.json`, `.svg` and `.png`, and all of them as `report.html`. */
export async function* reportFiles(content: ReportContent): AsyncGenerator<ReportFile> {
  const { result, manifest, files, fontFiles } = content;
  const drawn = yield* chartFiles(charts(result), fontFiles);
  yield { path: "report.html", content: page({ result, manifest, charts: drawn, files }) };
}
