import { chartFiles, type ReportFile } from "../draw.ts";
import { experimentChart } from "./experiment-chart.ts";
import type { Reproduction } from "./experiment-content.ts";
import { experimentPage } from "./experiment-page.ts";
import { experimentReadme } from "./experiment-readme.ts";

/** Draws the figures of a reproduction as `charts/*`, and writes `README.md` and `report.html` around them. */
export async function* experimentFiles(
  content: Reproduction,
  fontFiles: readonly string[],
): AsyncGenerator<ReportFile> {
  const drawn = yield* chartFiles(content.figures.map(experimentChart), fontFiles);
  yield { path: "README.md", content: experimentReadme(content, drawn) };
  yield { path: "report.html", content: experimentPage(content, drawn) };
}
