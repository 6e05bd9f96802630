import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunResult } from "../metrics/results.ts";
import type { Manifest } from "../report/manifest.ts";
import { parseSummary } from "../report/summary-json.ts";
import { availabilityTable, parseCsv, peersTable, samplesTable } from "../report/tables.ts";
import { counted, grouped } from "../report/units.ts";
import { exitCodes, InputError } from "./exit-codes.ts";
import { manifestFile, manifestIn } from "./manifest-file.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { traceFile, writeReport } from "./run-files.ts";
import { summaryText } from "./summary-text.ts";
import { reason } from "./system-error.ts";
import type { Terminal } from "./terminal.ts";
import { writeWhole } from "./write-whole.ts";

export interface ReportOptions {
  readonly quiet?: boolean;
  readonly open?: boolean;
}

/** `sim report`: draws the charts and the page of a run directory again from its data. Returns the exit code. */
export async function report(
  directory: string,
  options: ReportOptions,
  terminal: Terminal,
): Promise<number> {
  const manifest = await manifestIn(directory);
  if (manifest === undefined) {
    throw new InputError(
      `${directory} is not a run directory: it has no ${manifestFile} of a run. \`sim run\` makes one.`,
    );
  }
  const result = await readResult(directory, manifest);
  const isTraced = await access(join(directory, traceFile.path)).then(
    () => true,
    () => false,
  );
  await writeReport(
    { write: (path, content) => writeWhole(join(directory, path), content) },
    { result, manifest, isTraced },
  );
  const page = join(directory, "report.html");
  if (options.quiet !== true) {
    terminal.out(summaryText(result, undefined, terminal.bold, manifest.isLive));
    terminal.out(`\nReport: ${page}\n`);
  }
  if (options.open === true) openInBrowser(page, terminal);
  return exitCodes.done;
}

/** The result whose data is in a run directory. */
export async function readResult(directory: string, manifest: Manifest): Promise<RunResult> {
  const read = async <T>(name: string, parse: (text: string) => T): Promise<T> => {
    try {
      return parse(await readFile(join(directory, name), "utf8"));
    } catch (cause) {
      throw new InputError(`${join(directory, name)} cannot be read: ${reason(cause)}.`, { cause });
    }
  };
  const summary = await read("summary.json", parseSummary);
  if (summary.digest !== manifest.digest) {
    throw new InputError(`${directory}: summary.json and ${manifestFile} are of different runs.`);
  }
  const result = {
    summary,
    peers: await read(peersTable.file, (text) => parseCsv(peersTable, text)),
    samples: await read(samplesTable.file, (text) => parseCsv(samplesTable, text)),
    availability: await read(availabilityTable.file, (text) => parseCsv(availabilityTable, text)),
  };
  const fault = faultOf(result);
  if (fault !== undefined) throw new InputError(`${directory}: ${fault}`);
  return result;
}

/** Where the files of a run do not belong together, as after a hand has been at them. */
function faultOf({ summary, peers, samples }: RunResult): string | undefined {
  const tables = { [peersTable.file]: peers, [samplesTable.file]: samples };
  for (const [file, rows] of Object.entries(tables)) {
    const stranger = rows.find((row) => !Object.hasOwn(summary.classes, row.class));
    if (stranger === undefined) continue;
    return `${file} has the class "${stranger.class}", which summary.json does not have.`;
  }
  if (peers.length === summary.peers.total) return undefined;
  return `${peersTable.file} has ${counted(peers.length, "peer")}, and summary.json ${grouped(summary.peers.total)}.`;
}
