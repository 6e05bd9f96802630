import { stat } from "node:fs/promises";
import { Bitfield } from "../../core/bitfield.ts";
import { sameBytes } from "../../core/bytes.ts";
import { FileLayout } from "../../torrent/file-layout.ts";
import type { Metainfo, TorrentFile } from "../../torrent/metainfo.ts";
import { PieceHasher } from "./piece-hasher.ts";
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
  /** How many pieces are not on the disk in whole. */
  readonly missing: number;
  /** Without padding. */
  readonly files: readonly VerifiedFile[];
  /** All pieces are right, and all files are there, the empty ones too. */
  readonly isComplete: boolean;
}

export interface VerifyFilesOptions {
  /** Told how many more bytes have been gone through. */
  readonly onProgress?: (bytes: number) => void;
  /** Stops it, with an AbortError. */
  readonly signal?: AbortSignal;
}

/** Hashes all that is on the disk of a torrent. Throws a FileReadError about a file that is there and cannot be read. */
export async function verifyFiles(
  metainfo: Metainfo,
  pathOf: PlaceOfFiles,
  options: VerifyFilesOptions = {},
): Promise<Verification> {
  const layout = new FileLayout(metainfo);
  const right = new Bitfield(layout.pieceCount);
  let missing = 0;
  const hasher = new PieceHasher();
  try {
    await hasher.hash(
      { torrent: metainfo, pathOf },
      {
        onPiece: (piece, hash) => {
          const expected = metainfo.pieceHashes.subarray(20 * piece, 20 * piece + 20);
          if (hash === undefined) missing++;
          else if (sameBytes(hash, expected)) right.set(piece);
        },
        ...options,
      },
    );
  } finally {
    await hasher.close();
  }
  const sizes: (number | undefined)[] = [];
  for (const file of metainfo.files) {
    sizes.push(file.isPadding ? file.length : await sizeOf(pathOf(file)));
  }
  const files = verifiedFiles(metainfo, layout, { right, sizes });
  const isComplete =
    right.count === layout.pieceCount && files.every(({ onDisk }) => onDisk !== undefined);
  return { right, missing, files, isComplete };
}

function verifiedFiles(
  { files }: Metainfo,
  layout: FileLayout,
  found: { readonly right: Bitfield; readonly sizes: readonly (number | undefined)[] },
): readonly VerifiedFile[] {
  const { right, sizes } = found;
  // Pieces that cannot be right, since a file lacks bytes of them.
  const lacking = new Bitfield(layout.pieceCount);
  files.forEach(({ length }, at) => {
    const onDisk = sizes[at] ?? 0;
    if (onDisk >= length) return;
    const { first, end } = layout.piecesOf(at, onDisk);
    for (let piece = first; piece < end; piece++) lacking.set(piece);
  });
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
