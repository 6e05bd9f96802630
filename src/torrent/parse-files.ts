import {
  asBytes,
  asDictionary,
  asInteger,
  asList,
  asText,
  type BencodeDictionary,
  type BencodeList,
  bencodedItems,
} from "../core/bencode.ts";
import { utf8ToText } from "../core/utf8.ts";
import type { TorrentFile } from "./metainfo.ts";
import { PathSet, pathProblem, quoted } from "./safe-path.ts";
import { TorrentError } from "./torrent-error.ts";

/** The files of a torrent, in the order of their bytes. */
export interface ParsedFiles {
  readonly files: readonly TorrentFile[];
  /** Bytes in all. */
  readonly size: number;
  readonly symlinks: number;
}

/**
 * The files that the info dictionary of the torrent `name` lists, with `files` not decoded; one of that name where it lists none. `origin`:
 * where errors begin to count bytes. Throws a TorrentError, or a BencodeError about the list.
 */
export function parseFiles(info: BencodeDictionary, name: string, origin: number): ParsedFiles {
  const list = asBytes(info.get("files"));
  const isSingle = info.has("length");
  if (isSingle === (list !== undefined)) {
    const found = isSingle ? "there are both" : "there is neither";
    throw new TorrentError(
      `info.length, info.files: one of them must say what files there are, and ${found}. ${damaged}`,
    );
  }
  const row = new FileRow(name);
  if (list === undefined) row.add(info, "info", []);
  else {
    let at = 0;
    for (const value of bencodedItems(list, { maxValues: mostOfFile, origin })) {
      const key = `info.files[${at++}]`;
      const entry = asDictionary(value);
      if (entry === undefined) throw new TorrentError(`${key}: is no dictionary. ${damaged}`);
      row.add(entry, key);
    }
  }
  if (row.files.every(({ length, isPadding }) => length === 0 || isPadding)) {
    throw new TorrentError(
      "info: all files are empty, so that there is nothing to transfer. Make a torrent of other files.",
    );
  }
  return row;
}

/** The files so far. */
class FileRow implements ParsedFiles {
  readonly files: TorrentFile[] = [];
  size = 0;
  symlinks = 0;
  private readonly name: string;
  private readonly paths = new PathSet();

  constructor(name: string) {
    this.name = name;
  }

  /** Adds what an entry says, whose key is for errors. */
  add(entry: BencodeDictionary, key: string, below?: readonly string[]): void {
    const length = lengthOf(entry, key);
    if (hasAttribute(entry, "l")) {
      if (length > 0) throw new TorrentError(`${key}: a symbolic link with a length. ${damaged}`);
      this.symlinks++;
      return;
    }
    const isPadding = hasAttribute(entry, "p");
    // What padding is called is nobody's business, and BEP 47 lets it be called the same again and again.
    const path = isPadding ? [".pad", String(length)] : (below ?? pathOf(entry, key));
    const whole = [this.name, ...path];
    const problem = isPadding ? undefined : (pathProblem(whole) ?? this.paths.add(whole));
    if (problem !== undefined) refuse(key, whole, problem);
    this.files.push({ path: whole, length, offset: this.size, isPadding });
    this.size += length;
    if (!Number.isSafeInteger(this.size)) {
      throw new TorrentError(`${key}.length: the files are too large together. ${damaged}`);
    }
  }
}

/** Values of a file's entry, with as many folders as there may be, twice, and keys that we do not know. */
const mostOfFile = 1000;

/** The text of `key.utf-8` or `key`: some programs write names in an encoding of their time, and beside them this one. */
export function textOf(dictionary: BencodeDictionary, key: string): string | undefined {
  return asText(dictionary.get(`${key}.utf-8`)) ?? asText(dictionary.get(key));
}

const damaged = "The file is damaged: get it again.";

function refuse(key: string, path: readonly string[], problem: string): never {
  throw new TorrentError(
    `${key}.path: ${quoted(path.join("/"))} ${problem}. Nothing is written; ask who made the torrent for another.`,
  );
}

function lengthOf(entry: BencodeDictionary, key: string): number {
  const length = asInteger(entry.get("length"));
  if (length !== undefined && length >= 0) return length;
  throw new TorrentError(`${key}.length: is no size in bytes. ${damaged}`);
}

function hasAttribute(entry: BencodeDictionary, attribute: string): boolean {
  return asBytes(entry.get("attr"))?.includes(attribute.charCodeAt(0)) ?? false;
}

function pathOf(entry: BencodeDictionary, key: string): readonly string[] {
  const path = textsOf(asList(entry.get("path.utf-8"))) ?? textsOf(asList(entry.get("path")));
  if (path === undefined || path.length === 0) {
    throw new TorrentError(`${key}.path: is no list of names in UTF-8. ${damaged}`);
  }
  return path;
}

function textsOf(list: BencodeList | undefined): readonly string[] | undefined {
  const texts: string[] = [];
  for (const value of list ?? []) {
    const text = value instanceof Uint8Array ? utf8ToText(value) : undefined;
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return list === undefined ? undefined : texts;
}
