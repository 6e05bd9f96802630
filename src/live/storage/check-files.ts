import { Bitfield } from "../../core/bitfield.ts";
import { sameBytes } from "../../core/bytes.ts";
import { FileLayout } from "../../torrent/file-layout.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import { FileReadError, PieceHasher } from "./piece-hasher.ts";
import type { PlaceOfFiles } from "./place-of-files.ts";
import { systemError } from "./storage-error.ts";

export interface CheckOptions {
  /** How far it is, in bytes. */
  readonly onChecking?: ((checked: number, total: number) => void) | undefined;
  /** Ends the check, which then rejects with an AbortError. */
  readonly signal?: AbortSignal | undefined;
}

/** Hashes `pieces` as they are in the files. Returns those that are right. Rejects with a StorageError. */
export async function checkFiles(
  torrent: Metainfo,
  pathOf: PlaceOfFiles,
  pieces: Bitfield,
  { onChecking, signal }: CheckOptions,
): Promise<Bitfield> {
  const right = new Bitfield(pieces.length);
  if (pieces.count === 0) return right;
  const layout = new FileLayout(torrent);
  let total = 0;
  for (const piece of listOf(pieces)) total += layout.lengthOfPiece(piece);
  let checked = 0;
  const hasher = new PieceHasher();
  try {
    onChecking?.(0, total);
    await hasher.hash(
      { torrent, pathOf },
      {
        pieces: listOf(pieces),
        onPiece: (piece, hash) => {
          const expected = torrent.pieceHashes.subarray(20 * piece, 20 * piece + 20);
          if (hash !== undefined && sameBytes(hash, expected)) right.set(piece);
        },
        onProgress: (bytes) => {
          checked += bytes;
          onChecking?.(checked, total);
        },
        ...(signal && { signal }),
      },
    );
  } catch (error) {
    if (!(error instanceof FileReadError)) throw error;
    throw systemError(error.path, "read", error);
  } finally {
    await hasher.close();
  }
  return right;
}

function* listOf(pieces: Bitfield): Generator<number> {
  for (let piece = pieces.next(0); piece >= 0; piece = pieces.next(piece + 1)) yield piece;
}
