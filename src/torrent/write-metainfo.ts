import { type Bencodable, encodeBencode } from "../core/bencode.ts";
import type { Metainfo, TorrentFile } from "./metainfo.ts";

/** What a torrent file is made of; the infohash and the sizes follow from it. */
export type MetainfoParts = Omit<Metainfo, "infohash" | "size" | "symlinks">;

/**
 * A torrent file that says so, in canonical form, so that the same files make the same infohash. One file of the torrent's own name is
 * written as BEP 3's single file. Nothing is checked: `parseMetainfo` does that.
 */
export function writeMetainfo(parts: MetainfoParts): Uint8Array {
  const { trackers, comment, createdBy, createdAt, name, files, isPrivate } = parts;
  const [only] = files;
  const isSingle = files.length === 1 && only !== undefined && only.path.length === 1;
  return encodeBencode({
    announce: trackers[0]?.[0],
    // BEP 12 repeats it; a single tracker has no use for tiers.
    "announce-list": trackers.flat().length > 1 ? trackers : undefined,
    comment,
    "created by": createdBy,
    "creation date": createdAt,
    info: {
      name,
      ...(isSingle ? { length: only.length } : { files: files.map(entryOf) }),
      "piece length": parts.pieceLength,
      pieces: parts.pieceHashes,
      private: isPrivate ? 1 : undefined,
    },
  });
}

function entryOf({ path, length, isPadding }: TorrentFile): Bencodable {
  return { attr: isPadding ? "p" : undefined, length, path: path.slice(1) };
}
