import { createCipheriv, createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Geometry } from "../../core/geometry.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import { parseMetainfo } from "../../torrent/parse-metainfo.ts";
import { writeMetainfo } from "../../torrent/write-metainfo.ts";
import { sha1 } from "../sha1.ts";

/** The file of the torrent. */
export const contentName = "content";

/** The pieces of a torrent's content in order: the same bytes for the same seed, and random to whoever does not know it. */
export function* contentOf(seed: string, geometry: Geometry): Generator<Uint8Array> {
  const key = createHash("sha256").update(`swarmlab content ${seed}`).digest().subarray(0, 16);
  const stream = createCipheriv("aes-128-ctr", key, Buffer.alloc(16));
  for (let piece = 0; piece < geometry.pieceCount; piece++) {
    yield stream.update(Buffer.alloc(geometry.lengthOfPiece(piece)));
  }
}

/** Content, and the torrent that is made of it. */
export interface Content {
  readonly metainfo: Metainfo;
  readonly geometry: Geometry;
  /** SHA-1 of the whole, in hexadecimal. */
  readonly sha1: string;
  readonly seed: string;
}

/** Hashes the content of a torrent of that shape. */
export function describeContent(
  seed: string,
  { size, pieceLength }: { readonly size: number; readonly pieceLength: number },
): Content {
  const geometry = new Geometry(size, pieceLength);
  const whole = createHash("sha1");
  const pieceHashes = new Uint8Array(20 * geometry.pieceCount);
  let piece = 0;
  for (const bytes of contentOf(seed, geometry)) {
    whole.update(bytes);
    pieceHashes.set(sha1(bytes), 20 * piece++);
  }
  const torrent = writeMetainfo({
    name: contentName,
    pieceLength,
    pieceHashes,
    files: [{ path: [contentName], length: size, offset: 0, isPadding: false }],
    isPrivate: true,
    trackers: [],
    comment: undefined,
    createdBy: undefined,
    createdAt: undefined,
  });
  return { metainfo: parseMetainfo(torrent, sha1), geometry, sha1: whole.digest("hex"), seed };
}

/** Writes the pieces of the content that `isThere`, at their places; the rest of the file are holes. */
export async function writeContent(
  path: string,
  { seed, geometry }: Content,
  isThere: (piece: number) => boolean,
): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.truncate(geometry.size);
    let piece = 0;
    for (const bytes of contentOf(seed, geometry)) {
      if (isThere(piece)) await file.write(bytes, 0, bytes.length, piece * geometry.pieceLength);
      piece++;
    }
  } finally {
    await file.close();
  }
}

/** SHA-1 of a file, in hexadecimal. */
export async function sha1OfFile(path: string): Promise<string> {
  const hash = createHash("sha1");
  for await (const bytes of createReadStream(path)) hash.update(bytes as Uint8Array);
  return hash.digest("hex");
}
