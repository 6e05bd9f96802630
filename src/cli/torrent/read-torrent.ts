import { readFile, stat } from "node:fs/promises";
import { sha1 } from "../../live/sha1.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import { parseMetainfo } from "../../torrent/parse-metainfo.ts";
import { TorrentError } from "../../torrent/torrent-error.ts";
import { InputError } from "../exit-codes.ts";
import { reason } from "../system-error.ts";

/** Bytes of a torrent file at most: hashes of some ten million pieces. */
const mostBytes = 2 ** 28;

/** Reads the torrent file `path`. An InputError says why it cannot be used. */
export async function readTorrent(path: string): Promise<Metainfo> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    if (size > mostBytes) {
      throw new InputError(`${path}: The file is too large for a torrent file.`);
    }
    bytes = await readFile(path);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${path} cannot be read: ${reason(cause)}.`, { cause });
  }
  try {
    return parseMetainfo(bytes, sha1);
  } catch (cause) {
    if (!(cause instanceof TorrentError)) throw cause;
    throw new InputError(`${path}: ${cause.message}`, { cause });
  }
}
