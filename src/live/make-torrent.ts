import { stat } from "node:fs/promises";
import type { Metainfo, TorrentFile } from "../torrent/metainfo.ts";
import { parseMetainfo } from "../torrent/parse-metainfo.ts";
import { automaticPieceLength } from "../torrent/piece-length.ts";
import { quoted } from "../torrent/safe-path.ts";
import { TorrentError } from "../torrent/torrent-error.ts";
import { type MetainfoParts, writeMetainfo } from "../torrent/write-metainfo.ts";
import { sha1 } from "./sha1.ts";
import type { ListedFiles } from "./storage/list-files.ts";
import { PieceHasher } from "./storage/piece-hasher.ts";

/** Pieces that a torrent is made with at most: libtorrent (load_torrent_limits) loads no more. */
const mostPieces = 2 ** 21;

export interface MakeOptions
  extends Partial<Omit<MetainfoParts, "name" | "pieceHashes" | "files">> {
  /** Told how many more bytes have been hashed. */
  readonly onProgress?: (bytes: number) => void;
  /** Stops the hashing, with an AbortError. */
  readonly signal?: AbortSignal;
}

/** A torrent file, and what it says. */
export interface MadeTorrent {
  readonly bytes: Uint8Array;
  readonly metainfo: Metainfo;
}

/**
 * Hashes the files, and makes a torrent of them. Throws a TorrentError when they cannot be one, or change meanwhile, and a FileReadError
 * about one that cannot be read.
 */
export async function makeTorrent(
  listed: ListedFiles,
  options: MakeOptions = {},
): Promise<MadeTorrent> {
  const { name, files, size } = listed;
  const { pieceLength = automaticPieceLength(size), onProgress, signal } = options;
  const pieceCount = Math.ceil(size / pieceLength);
  if (pieceCount > mostPieces) {
    throw new TorrentError(
      `Pieces of ${pieceLength} bytes would be ${pieceCount}, and ${mostPieces} are possible. Choose a larger piece length.`,
    );
  }
  const before = await timesOf(listed);
  const pieceHashes = new Uint8Array(20 * pieceCount);
  const hasher = new PieceHasher();
  try {
    await hasher.hash(
      { torrent: { files, size, pieceLength }, pathOf: listed.pathOf },
      {
        onPiece: (piece, hash) => {
          // A piece that is missing belongs to a file that has changed, which is noticed below.
          if (hash !== undefined) pieceHashes.set(hash, 20 * piece);
        },
        ...(onProgress && { onProgress }),
        ...(signal && { signal }),
      },
    );
  } finally {
    await hasher.close();
  }
  const after = await timesOf(listed);
  files.forEach((file, at) => {
    if (before[at] !== after[at]) refuseChange(file);
  });
  const bytes = writeMetainfo({
    name,
    pieceLength,
    pieceHashes,
    files,
    isPrivate: options.isPrivate ?? false,
    trackers: options.trackers ?? [],
    comment: options.comment,
    createdBy: options.createdBy,
    createdAt: options.createdAt,
  });
  return { bytes, metainfo: parseMetainfo(bytes, sha1) };
}

/** Of each file the time of its last change, in ms; NaN, which is never the same, where it has another size or is gone. */
async function timesOf({ files, pathOf }: ListedFiles): Promise<number[]> {
  const times: number[] = [];
  for (const file of files) {
    const found = await stat(pathOf(file)).catch(() => undefined);
    times.push(found?.size === file.length ? found.mtimeMs : Number.NaN);
  }
  return times;
}

function refuseChange({ path }: TorrentFile): never {
  throw new TorrentError(
    `${quoted(path.join("/"))} changed while it was read. Try again when nobody writes to it.`,
  );
}
