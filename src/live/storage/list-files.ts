import type { Dirent, Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { compareBytes } from "../../core/bytes.ts";
import { utf8ToText } from "../../core/utf8.ts";
import type { TorrentFile } from "../../torrent/metainfo.ts";
import { pathProblem, quoted } from "../../torrent/safe-path.ts";
import { TorrentError } from "../../torrent/torrent-error.ts";

/** Files that a torrent can be made of. */
export interface ListedFiles {
  /** Of the torrent: that of the file or folder. */
  readonly name: string;
  /** In the order of their paths, name by name and byte by byte, the same on every machine. */
  readonly files: readonly TorrentFile[];
  /** Bytes in all. */
  readonly size: number;
  /** Folders without a file in them, which a torrent cannot name. */
  readonly emptyFolders: number;
  pathOf(file: TorrentFile): string;
}

interface Listing {
  readonly files: TorrentFile[];
  /** The file that is not listed, with its whole path. */
  readonly without: string | undefined;
  size: number;
  emptyFolders: number;
}

/**
 * Lists the file `path`, or all files below the folder `path`, hidden ones too, and empty ones; `without` is left out. Symbolic links
 * below it, pipes, devices, and names that not every system can have are TorrentErrors; the system's errors are thrown as they are.
 */
export async function listFiles(path: string, without?: string): Promise<ListedFiles> {
  const whole = resolve(path);
  const name = basename(whole);
  expectName([name]);
  const listing: Listing = { files: [], without, size: 0, emptyFolders: 0 };
  const found = await stat(whole);
  if (found.isDirectory()) await listFolder(whole, [name], listing);
  else add(found, whole, [name], listing);
  const { files, size, emptyFolders } = listing;
  if (files.length === 0) throw new TorrentError(`${quoted(path)} has no files in it.`);
  if (size === 0) throw new TorrentError(`${quoted(path)} has only empty files: nothing to share.`);
  const pathOf = (file: TorrentFile) => join(whole, ...file.path.slice(1));
  return { name, files, size, emptyFolders, pathOf };
}

async function listFolder(
  folder: string,
  path: readonly string[],
  listing: Listing,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: "buffer" });
  if (entries.length === 0) listing.emptyFolders++;
  entries.sort((a, b) => compareBytes(a.name, b.name));
  for (const entry of entries) {
    const name = utf8ToText(entry.name);
    if (name === undefined) {
      const shown = quoted(join(folder, entry.name.toString()));
      throw new TorrentError(`${shown} has a name that is not UTF-8. Rename it.`);
    }
    const below = [...path, name];
    const whole = join(folder, name);
    if (whole === listing.without) continue;
    expectName(below);
    if (entry.isDirectory()) await listFolder(whole, below, listing);
    else add(entry.isFile() ? await stat(whole) : entry, whole, below, listing);
  }
}

function add(
  found: Stats | Dirent<Buffer>,
  whole: string,
  path: readonly string[],
  listing: Listing,
): void {
  if (found.isSymbolicLink()) {
    throw new TorrentError(
      `${quoted(whole)} is a symbolic link, which a torrent does not carry. Put what it leads to in its place.`,
    );
  }
  if (!found.isFile() || !("size" in found)) {
    throw new TorrentError(`${quoted(whole)} is neither a file nor a folder. Leave it out.`);
  }
  listing.files.push({ path, length: found.size, offset: listing.size, isPadding: false });
  listing.size += found.size;
}

function expectName(path: readonly string[]): void {
  const problem = pathProblem(path);
  if (problem === undefined) return;
  throw new TorrentError(`${quoted(path.join("/"))} ${problem}. Rename it, or leave it out.`);
}
