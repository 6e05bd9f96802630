import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MadeTorrent } from "./stored-torrent.ts";

/** Where a file of the torrent is. */
export function pathIn(directory: string, { metainfo }: MadeTorrent, file: number): string {
  return join(directory, ...(metainfo.files[file]?.path ?? []));
}

/** The file's own bytes. */
export function bytesOf({ metainfo, bytes }: MadeTorrent, file: number): Uint8Array {
  const { offset = 0, length = 0 } = metainfo.files[file] ?? {};
  return bytes.subarray(offset, offset + length);
}

/** Changes one byte of a file, as an editor would: its time changes too. */
export function spoilByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
  touch(path);
}

/** Sets the file's time to another one than it can have by chance. */
export function touch(path: string): void {
  utimesSync(path, new Date(), new Date(Date.now() - 60_000));
}

/** Whether all of the piece stands in the files. */
export function isOnDisk(directory: string, made: MadeTorrent, piece: number): boolean {
  const { files, pieceLength, size } = made.metainfo;
  const begin = piece * pieceLength;
  const end = Math.min(begin + pieceLength, size);
  const found = Buffer.alloc(end - begin);
  for (const [file, { offset, length, isPadding }] of files.entries()) {
    const from = Math.max(begin, offset);
    const to = Math.min(end, offset + length);
    const path = pathIn(directory, made, file);
    if (isPadding || from >= to || !existsSync(path)) continue;
    found.set(readFileSync(path).subarray(from - offset, to - offset), from - begin);
  }
  return found.equals(made.bytes.subarray(begin, end));
}
