import { resolve } from "node:path";
import { placeOfFiles } from "../../live/storage/place-of-files.ts";
import { type Verification, verifyFiles } from "../../live/storage/verify-files.ts";
import { counted, grouped, size } from "../../report/units.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import { exitCodes } from "../exit-codes.ts";
import { listenForInterrupts } from "../interrupts.ts";
import type { Terminal } from "../terminal.ts";
import { textTable } from "../text-table.ts";
import { hashProgress } from "./hash-progress.ts";
import { readProblem } from "./read-problem.ts";
import { readTorrent } from "./read-torrent.ts";
import { plain, torrentJson } from "./torrent-text.ts";

export interface VerifyOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `sim torrent verify`: hashes what is on the disk of a torrent. Returns the exit code. */
export async function verify(
  file: string,
  path: string,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<number> {
  const metainfo = await readTorrent(file);
  const result = await verified(metainfo, path, options, terminal);
  if (typeof result === "number") {
    terminal.err("Interrupted.\n");
    return result;
  }
  if (options.json === true) {
    terminal.out(`${JSON.stringify(verificationJson(metainfo, path, result))}\n`);
  } else if (options.quiet !== true) {
    terminal.out(verificationText(metainfo, path, result, terminal.bold));
  }
  return result.isComplete ? exitCodes.done : exitCodes.incomplete;
}

/** What is there, or the exit code when the user did not want to wait for it. */
async function verified(
  metainfo: Metainfo,
  path: string,
  { quiet: isQuiet = false }: VerifyOptions,
  terminal: Terminal,
): Promise<Verification | number> {
  const interrupts = listenForInterrupts(() => undefined);
  const progress = await hashProgress(metainfo.size, { isQuiet }, terminal);
  try {
    const { signal } = interrupts;
    const pathOf = await placeOfFiles(metainfo, path);
    return await verifyFiles(metainfo, pathOf, { signal, onChecking: progress.show });
  } catch (error) {
    if (interrupts.code !== undefined) return interrupts.code;
    throw readProblem(error, path);
  } finally {
    progress.stop();
    interrupts.ignore();
  }
}

function verificationJson(
  metainfo: Metainfo,
  path: string,
  { right, lacking, files, isComplete }: Verification,
): Record<string, unknown> {
  const { name, infohash, pieces } = torrentJson(metainfo);
  return {
    name,
    infohash,
    path: resolve(path),
    complete: isComplete,
    pieces: {
      total: pieces,
      right: right.count,
      wrong: right.length - right.count - lacking.count,
      missing: lacking.count,
    },
    files: files.map((one) => ({
      path: one.file.path.join("/"),
      state: one.state,
      length: one.file.length,
      onDisk: one.onDisk ?? null,
      pieces: one.pieces,
      right: one.right,
    })),
  };
}

function verificationText(
  { name }: Metainfo,
  path: string,
  { right, files, isComplete }: Verification,
  bold: (text: string) => string,
): string {
  const pieces = right.length;
  // Of many pieces all but one are not "100.0 %".
  const percent = (Math.floor((1000 * right.count) / pieces) / 10).toFixed(1);
  const title = `${bold(plain(name))} in ${plain(resolve(path))}`;
  const of = `${grouped(right.count)} of ${counted(pieces, "piece")} are right (${percent} %)`;
  const wrong = files.filter(({ state }) => state !== "right");
  const verdict = isComplete ? `Complete: ${of}.` : `Not complete: ${of}.`;
  const rows = wrong.map((one) => [
    plain(one.file.path.join("/")),
    one.state,
    one.onDisk === undefined ? "–" : size(one.onDisk),
    size(one.file.length),
    `${grouped(one.right)} of ${grouped(one.pieces)}`,
  ]);
  const header = ["File", "is", "on disk", "should be", "pieces right"];
  const table = rows.length === 0 ? "" : `\n${textTable(header, rows, bold)}`;
  return `${title}\n${verdict}\n${table}`;
}
