import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { type MadeTorrent, type MakeOptions, makeTorrent } from "../../live/make-torrent.ts";
import { type ListedFiles, listFiles } from "../../live/storage/list-files.ts";
import { counted } from "../../report/units.ts";
import { exitCodes, InputError } from "../exit-codes.ts";
import { listenForInterrupts } from "../interrupts.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { writeWhole } from "../write-whole.ts";
import { readPieceLength, readTrackers } from "./create-options.ts";
import { hashProgress } from "./hash-progress.ts";
import { readProblem } from "./read-problem.ts";
import { headText, torrentJson } from "./torrent-text.ts";

export interface CreateOptions {
  readonly pieceLength?: string;
  /** Trackers, with commas; a tier each. */
  readonly announce: readonly string[];
  readonly private?: boolean;
  readonly comment?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `sim torrent create`: makes a torrent file of a file or folder. Returns the exit code. */
export async function create(
  path: string,
  options: CreateOptions,
  terminal: Terminal,
): Promise<number> {
  const { pieceLength, announce, comment } = options;
  const parts: MakeOptions = {
    ...(pieceLength !== undefined && { pieceLength: readPieceLength(pieceLength) }),
    trackers: readTrackers(announce),
    isPrivate: options.private === true,
    comment,
    createdBy: `Swarmlab ${version()}`,
    createdAt: Math.floor(Date.now() / 1000),
  };
  const out = options.out ?? `${basename(resolve(path))}.torrent`;
  let listed: ListedFiles;
  try {
    listed = await listFiles(path, resolve(out));
  } catch (error) {
    throw readProblem(error, path);
  }
  await expectFree(out, options);
  const made = await hashed(listed, parts, { path, ...options }, terminal);
  if (typeof made === "number") {
    terminal.err("Interrupted. Nothing is written.\n");
    return made;
  }
  await writeWhole(out, made.bytes);
  if (options.json === true) terminal.out(`${JSON.stringify(torrentJson(made.metainfo))}\n`);
  if (options.quiet === true) return exitCodes.done;
  for (const remark of remarks(listed, parts)) terminal.err(`${remark}\n`);
  if (options.json !== true) {
    terminal.out(`${headText(made.metainfo, terminal.bold)}\nTorrent file: ${out}\n`);
  }
  return exitCodes.done;
}

/** Hours of hashing must not end at a file that is in the way. */
async function expectFree(out: string, { force }: CreateOptions): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (found?.isDirectory() === true) {
    throw new InputError(`${out} is a folder. Name a file with --out.`);
  }
  if (found === undefined || force === true) return;
  throw new InputError(
    `${out} is there already. Name another file with --out, or replace it with --force.`,
  );
}

/** What was made, or the exit code when the user did not want to wait for it. */
async function hashed(
  listed: ListedFiles,
  parts: MakeOptions,
  options: CreateOptions & { readonly path: string },
  terminal: Terminal,
): Promise<MadeTorrent | number> {
  const interrupts = listenForInterrupts(() => undefined);
  const isQuiet = options.quiet === true;
  const progress = await hashProgress(listed.size, { isQuiet }, terminal);
  try {
    const { signal } = interrupts;
    return await makeTorrent(listed, { ...parts, signal, onProgress: progress.add });
  } catch (error) {
    if (interrupts.code !== undefined) return interrupts.code;
    throw readProblem(error, options.path);
  } finally {
    progress.stop();
    interrupts.ignore();
  }
}

/** What the user may not expect. */
function remarks({ emptyFolders }: ListedFiles, { trackers, isPrivate }: MakeOptions): string[] {
  const list: string[] = [];
  if (emptyFolders > 0) {
    list.push(`${counted(emptyFolders, "empty folder")} left out: a torrent has files only.`);
  }
  if (isPrivate === true && trackers?.length === 0) {
    list.push("It is private and has no tracker: clients will find no peers by themselves.");
  }
  return list;
}
