import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Metainfo, TorrentFile } from "../../torrent/metainfo.ts";

/** Where the files of a torrent are. */
export type PlaceOfFiles = (file: TorrentFile) => string;

/**
 * Finds the files of a torrent: `path` is the folder that has the torrent's file or folder in it, or that itself, whatever it is
 * called. The system's error is thrown when there is nothing at `path`.
 */
export async function placeOfFiles(
  { name, files }: Pick<Metainfo, "name" | "files">,
  path: string,
): Promise<PlaceOfFiles> {
  const whole = resolve(path);
  const isFolder = (await stat(whole)).isDirectory();
  const isSingle = files.length === 1 && files[0]?.path.length === 1;
  const isItself = isSingle ? !isFolder : !(await isThere(join(whole, name)));
  return (file) => join(whole, ...(isItself ? file.path.slice(1) : file.path));
}

/** Below a folder, by the paths of the torrent. */
export function filesBelow(root: string): PlaceOfFiles {
  return ({ path }) => join(root, ...path);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
