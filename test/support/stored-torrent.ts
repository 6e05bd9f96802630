import { createHash } from "node:crypto";
import type { Metainfo, TorrentFile } from "../../src/torrent/metainfo.ts";

/** A file to be: its length, and whether it is padding. */
export interface FileSpec {
  readonly length: number;
  readonly isPadding?: boolean;
}

/** A torrent and all its bytes. */
export interface MadeTorrent {
  readonly metainfo: Metainfo;
  readonly bytes: Uint8Array;
}

/** A torrent of these files, called f0, f1, ... in folders d0, d1, ...; the same bytes for the same seed. */
export function madeTorrent(
  files: readonly FileSpec[],
  pieceLength: number,
  seed = 1,
): MadeTorrent {
  const size = files.reduce((sum, { length }) => sum + length, 0);
  const bytes = someBytes(size, seed);
  let offset = 0;
  const placed = files.map(({ length, isPadding = false }, i): TorrentFile => {
    if (isPadding) bytes.fill(0, offset, offset + length);
    const path = ["torrent", `d${i % 3}`, `f${i}`];
    const file = { path, length, offset, isPadding };
    offset += length;
    return file;
  });
  return { metainfo: metainfoOf(placed, pieceLength, bytes), bytes };
}

/** A torrent that is one file. */
export function singleFile(size: number, pieceLength: number, seed = 1): MadeTorrent {
  const bytes = someBytes(size, seed);
  const file = { path: ["torrent.bin"], length: size, offset: 0, isPadding: false };
  return { metainfo: metainfoOf([file], pieceLength, bytes), bytes };
}

function metainfoOf(
  files: readonly TorrentFile[],
  pieceLength: number,
  bytes: Uint8Array,
): Metainfo {
  const count = Math.ceil(bytes.length / pieceLength);
  const pieceHashes = new Uint8Array(20 * count);
  for (let piece = 0; piece < count; piece++) {
    const part = bytes.subarray(piece * pieceLength, (piece + 1) * pieceLength);
    pieceHashes.set(createHash("sha1").update(part).digest(), 20 * piece);
  }
  const infohash = createHash("sha1").update(pieceHashes).update(String(files.length)).digest();
  return {
    infohash: Uint8Array.from(infohash),
    name: files[0]?.path[0] ?? "torrent",
    size: bytes.length,
    pieceLength,
    pieceHashes,
    files,
    symlinks: 0,
    isPrivate: false,
    trackers: [],
    comment: undefined,
    createdBy: undefined,
    createdAt: undefined,
  } as Metainfo;
}

/** Bytes that look like chance: xorshift32. */
function someBytes(length: number, seed: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed | 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}
