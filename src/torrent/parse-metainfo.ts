import {
  asBytes,
  asDictionary,
  asInteger,
  asList,
  asText,
  type BencodeDictionary,
  BencodeError,
  type BencodeOptions,
  type BencodeValue,
  decodeBencode,
} from "../core/bencode.ts";
import type { Metainfo } from "./metainfo.ts";
import { parseFiles, textOf } from "./parse-files.ts";
import { nameProblem, quoted } from "./safe-path.ts";
import { TorrentError } from "./torrent-error.ts";

/** The 20 bytes of SHA-1 over `bytes`. */
export type Sha1 = (bytes: Uint8Array) => Uint8Array;

/** Bytes of a SHA-1. */
const HASH_LENGTH = 20;

/** Longer pieces no program makes: qBittorrent offers up to 128 MiB. */
const maxPieceLength = 2 ** 28;

/** BEP 52: nothing of these is asked for, and in a large torrent they are large. */
const v2Keys = ["file tree", "piece layers"];

const damaged = "The file is damaged, or no torrent file: get it again.";

/**
 * What a torrent file says: BEP 3, 12, 27 and 47, and the v1 half of hybrid torrents (BEP 52). `pieceHashes` is a view into
 * `bytes`, not a copy. Throws a TorrentError, about the info dictionary and names above all; a tracker or comment that makes no sense
 * counts as none.
 * Files are read one by one, so that many of them need no more memory than what comes of them.
 */
export function parseMetainfo(bytes: Uint8Array, sha1: Sha1): Metainfo {
  try {
    return parseRoot(bytes, sha1);
  } catch (cause) {
    if (!(cause instanceof BencodeError)) throw cause;
    throw new TorrentError(notBencoded(bytes, cause), { cause });
  }
}

function parseRoot(bytes: Uint8Array, sha1: Sha1): Metainfo {
  const origin = { origin: bytes.byteOffset };
  const root = dictionaryOf(bytes, "It", { ...origin, rawKeys: ["info", ...v2Keys] });
  const rawInfo = asBytes(root.get("info"));
  if (rawInfo === undefined) {
    throw new TorrentError(`info: the dictionary is missing. ${damaged}`);
  }
  const info = dictionaryOf(rawInfo, "info", { ...origin, rawKeys: ["files", ...v2Keys] });
  return {
    infohash: sha1(rawInfo),
    ...parseInfo(info, bytes.byteOffset),
    trackers: trackersOf(root),
    comment: textOf(root, "comment"),
    createdBy: textOf(root, "created by"),
    createdAt: asInteger(root.get("creation date")),
  };
}

/** What is under the infohash. */
type Info = Omit<Metainfo, "infohash" | "trackers" | "comment" | "createdBy" | "createdAt">;

function parseInfo(info: BencodeDictionary, origin: number): Info {
  refuseV2(info);
  const name = textOf(info, "name");
  if (name === undefined) {
    throw new TorrentError(`info.name: the text is missing, or not in UTF-8. ${damaged}`);
  }
  const problem = nameProblem(name);
  if (problem !== undefined) {
    throw new TorrentError(`info.name: the name ${quoted(name)} ${problem}. Nothing is written.`);
  }
  const { files, size, symlinks } = parseFiles(info, name, origin);
  const pieceLength = pieceLengthOf(info);
  const isPrivate = info.get("private") === 1;
  const pieceHashes = pieceHashesOf(info.get("pieces"), Math.ceil(size / pieceLength));
  return { name, size, pieceLength, pieceHashes, files, symlinks, isPrivate };
}

function dictionaryOf(bytes: Uint8Array, name: string, options: BencodeOptions): BencodeDictionary {
  const dictionary = asDictionary(decodeBencode(bytes, options));
  if (dictionary !== undefined) return dictionary;
  throw new TorrentError(`${name} is bencoded, but no dictionary. ${damaged}`);
}

/** What somebody gives for a torrent file now and then, in words. */
function notBencoded(bytes: Uint8Array, error: BencodeError): string {
  if (bytes.length === 0) return "The file is empty: get it again.";
  const start = String.fromCharCode(...bytes.subarray(0, 200)).trimStart();
  if (/^magnet:/i.test(start)) return "It has a magnet link in it. A torrent file is needed.";
  if (start.startsWith("<")) return "It is a web page. Download the torrent file that it links to.";
  return `It is not bencoded: ${error.message}. ${damaged}`;
}

function refuseV2(info: BencodeDictionary): void {
  if (info.has("pieces") || !(info.has("meta version") || info.has("file tree"))) return;
  throw new TorrentError(
    "info.meta version: v2 torrents are not supported. Get a v1 or hybrid torrent of the same files.",
  );
}

function pieceLengthOf(info: BencodeDictionary): number {
  const value = asInteger(info.get("piece length"));
  if (value === undefined) {
    throw new TorrentError(`info.piece length: the integer is missing. ${damaged}`);
  }
  if (value < 1 || value > maxPieceLength) {
    const most = `${maxPieceLength / 2 ** 20} MiB`;
    throw new TorrentError(
      `info.piece length: ${value} bytes; 1 B to ${most} are possible. ${damaged}`,
    );
  }
  return value;
}

function pieceHashesOf(value: BencodeValue | undefined, pieceCount: number): Uint8Array {
  const hashes = asBytes(value);
  if (hashes === undefined) {
    throw new TorrentError(`info.pieces: the hashes are missing. ${damaged}`);
  }
  if (hashes.length !== pieceCount * HASH_LENGTH) {
    throw new TorrentError(
      `info.pieces: ${hashes.length} bytes, and the ${pieceCount} pieces of these files need ` +
        `${pieceCount * HASH_LENGTH}. ${damaged}`,
    );
  }
  return hashes;
}

/** BEP 12's tiers; BEP 3's one tracker where there are none. */
function trackersOf(root: BencodeDictionary): readonly (readonly string[])[] {
  const tiers = (asList(root.get("announce-list")) ?? [])
    .map((tier) => (asList(tier) ?? []).map(urlOf).filter((url) => url !== ""))
    .filter((tier) => tier.length > 0);
  if (tiers.length > 0) return tiers;
  const announce = urlOf(root.get("announce"));
  return announce === "" ? [] : [[announce]];
}

/** A URL is ASCII without spaces; anything else is no tracker. */
function urlOf(value: BencodeValue | undefined): string {
  const text = (asText(value) ?? "").trim();
  return /^[!-~]+$/.test(text) ? text : "";
}
