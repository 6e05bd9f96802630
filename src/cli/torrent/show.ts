import { exitCodes } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import { readTorrent } from "./read-torrent.ts";
import { filesText, headText, torrentJson } from "./torrent-text.ts";

export interface ShowOptions {
  readonly json?: boolean;
}

/** `sim torrent show`: says what is in a torrent file. Returns the exit code. */
export async function show(
  file: string,
  options: ShowOptions,
  terminal: Terminal,
): Promise<number> {
  const metainfo = await readTorrent(file);
  if (options.json === true) {
    terminal.out(`${JSON.stringify(torrentJson(metainfo))}\n`);
  } else {
    terminal.out(`${headText(metainfo, terminal.bold)}\n${filesText(metainfo, terminal.bold)}`);
  }
  return exitCodes.done;
}
