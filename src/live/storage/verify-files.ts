import { stat } from "node:fs/promises";
import { Bitfield } from "../../core/bitfield.ts";
import { FileLayout } from "../../torrent/file-layout.ts";
import type { Metainfo, TorrentFile } from "../../torrent/metainfo.ts";
import { type CheckOptions, checkFiles } from "./check-files.ts";
import type { PlaceOfFiles } from "./place-of-files.ts";

/**
 * How a file is on the disk. `unknown`: all that is not right of it is in pieces that it shares with files that lack something, so that
 * nobody can say. A file that is `too long` is right as far as the torrent goes.
 */
export type FileState = "right" | "missing" | "too short" | "wrong" | "unknown" | "too long";

/** What is on the disk of one file. */
export interface VerifiedFile {
  readonly state: FileState;
  readonly file: TorrentFile;
  /** Bytes on the disk; undefined when it is not there. */
  readonly onDisk: number | undefined;
  /** Pieces that have bytes of it, and how many of these are right. */
  readonly pieces: number;
  readonly right: number;
}

export interface Verification {
  /** The pieces whose hashes are right. */
  readonly right: Bitfield;
  /** Those that are not on the disk in whole. */
  readonly lacking: Bitfield;
  /** Without padding. */
  readonly files: readonly VerifiedFile[];
  /** All pieces are right, and all files are there, the empty ones too. */
  readonly isComplete: boolean;
}

/** Hashes all that is on the disk of a torrent. Rejects with a StorageError about a file that is there and cannot be read. */
export async function verifyFiles(
  metainfo: Metainfo,
  pathOf: PlaceOfFiles,
  options: CheckOptions = {},
): Promise<Verification> {
  const layout = new FileLayout(metainfo);
  const all = new Bitfield(layout.pieceCount);
  all.setAll();
  const right = await checkFiles(metainfo, pathOf, all, options);
  const sizes: (number | undefined)[] = [];
  for (const file of metainfo.files) {
    sizes.push(file.isPadding ? file.length : await sizeOf(pathOf(file)));
  }
  const lacking = lackingPieces(metainfo, layout, sizes);
  const files = verifiedFiles(metainfo, layout, { right, lacking, sizes });
  const isComplete =
    right.count === layout.pieceCount && files.every(({ onDisk }) => onDisk !== undefined);
  return { right, lacking, files, isComplete };
}

/** Pieces that cannot be right, since a file lacks bytes of them. */
function lackingPieces(
  { files }: Metainfo,
  layout: FileLayout,
  sizes: readonly (number | undefined)[],
): Bitfield {
  const lacking = new Bitfield(layout.pieceCount);
  files.forEach(({ length }, at) => {
    const onDisk = sizes[at] ?? 0;
    if (onDisk >= length) return;
    const { first, end } = layout.piecesOf(at, onDisk);
    for (let piece = first; piece < end; piece++) lacking.set(piece);
  });
  return lacking;
}

function verifiedFiles(
  { files }: Metainfo,
  layout: FileLayout,
  found: {
    readonly right: Bitfield;
    readonly lacking: Bitfield;
    readonly sizes: readonly (number | undefined)[];
  },
): readonly VerifiedFile[] {
  const { right, lacking, sizes } = found;
  return files.flatMap((file, at): VerifiedFile[] => {
    if (file.isPadding) return [];
    const onDisk = sizes[at];
    const { first, end } = layout.piecesOf(at);
    let count = 0;
    let isWrong = false;
    for (let piece = first; piece < end; piece++) {
      if (right.has(piece)) count++;
      else if (!lacking.has(piece)) isWrong = true;
    }
    const pieces = end - first;
    const state = stateOf(file, onDisk, { isWrong, isRight: count === pieces });
    return [{ file, state, onDisk, pieces, right: count }];
  });
}

function stateOf(
  { length }: TorrentFile,
  onDisk: number | undefined,
  { isWrong, isRight }: { readonly isWrong: boolean; readonly isRight: boolean },
): FileState {
  if (onDisk === undefined) return "missing";
  if (onDisk < length) return "too short";
  if (!isRight) return isWrong ? "wrong" : "unknown";
  return onDisk > length ? "too long" : "right";
}

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}
