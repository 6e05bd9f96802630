import type { RunResult } from "../metrics/results.ts";
import { fontFiles } from "../report/font-files.ts";
import type { Manifest } from "../report/manifest.ts";
import type { PageFile } from "../report/page-parts.ts";
import { reportFiles } from "../report/report.ts";
import { type Cost, summaryJson } from "../report/summary-json.ts";
import { asWritten, availabilityTable, csv, peersTable, samplesTable } from "../report/tables.ts";
import { manifestFile } from "./manifest-file.ts";

/** The data files of every run directory. */
const dataFiles: readonly PageFile[] = [
  { path: "summary.json", summary: "The numbers of this page, and what the run cost" },
  {
    path: peersTable.file,
    summary: "A line a peer: class, arrival, completion, capacities, bytes",
  },
  { path: samplesTable.file, summary: "A line a class and a time: peers, rates, utilisation" },
  { path: availabilityTable.file, summary: "A line a time: copies of the rarest and other pieces" },
  { path: "scenario.yaml", summary: "The scenario with every default filled in: run it again" },
  { path: manifestFile, summary: "Version, command, seed, digest" },
];

export const traceFile: PageFile = {
  path: "events.ndjson",
  summary: "Every trace event, a line each",
};

/** What `writeReport` writes. */
export const drawnFiles: readonly string[] = ["charts", "report.html"];

/** What there may be at the top of a run directory; the one that makes it a run comes first. */
export const runFileNames: readonly string[] = [
  manifestFile,
  ...dataFiles.map(({ path }) => path).filter((path) => path !== manifestFile),
  traceFile.path,
  ...drawnFiles,
];

/** Where files go, by their path in a run directory. */
export interface FileWriter {
  write(path: string, content: string | Uint8Array): Promise<void>;
}

/** What is written of a run. */
export interface RunFiles {
  readonly result: RunResult;
  readonly manifest: Manifest;
  readonly cost: Cost;
  /** The resolved scenario. */
  readonly scenario: string;
}

/** Writes the data of a run. */
export async function writeData(directory: FileWriter, run: RunFiles): Promise<void> {
  const { result } = run;
  await directory.write("scenario.yaml", run.scenario);
  await directory.write("summary.json", json(summaryJson(result.summary, run.cost)));
  await directory.write(peersTable.file, csv(peersTable, result.peers));
  await directory.write(samplesTable.file, csv(samplesTable, result.samples));
  await directory.write(availabilityTable.file, csv(availabilityTable, result.availability));
  await directory.write(manifestFile, json(run.manifest));
}

export interface ReportRequest {
  readonly result: RunResult;
  readonly manifest: Manifest;
  /** Whether there is a trace beside the page. */
  readonly isTraced: boolean;
  /** Asked between files: true ends the drawing. */
  isCancelled?(): boolean;
}

/** Draws the charts and the page of a run. Returns false when it was cancelled. */
export async function writeReport(
  directory: FileWriter,
  { result, manifest, isTraced, isCancelled }: ReportRequest,
): Promise<boolean> {
  const files = isTraced ? [...dataFiles, traceFile] : dataFiles;
  const content = { result: asWritten(result), manifest, files, fontFiles };
  for await (const file of reportFiles(content)) {
    if (isCancelled?.() === true) return false;
    await directory.write(file.path, file.content);
  }
  return true;
}

/** An object as the text of a JSON file. */
function json(object: object): string {
  return `${JSON.stringify(object, null, 2)}\n`;
}
