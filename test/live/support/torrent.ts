import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Data } from "./data.ts";
import type { Tool } from "./real-clients.ts";
import { simProgram } from "./root.ts";

const execute = promisify(execFile);

/** Makes torrent files. */
export interface TorrentMaker {
  readonly name: string;
  readonly tool: Tool | undefined;
  /** `pieceKib` in KiB; the file comes to lie at `file`. */
  make(data: Data, file: string, pieceKib: number, trackers: readonly string[]): Promise<void>;
}

export const byTransmission: TorrentMaker = {
  name: "transmission-create",
  tool: "transmission",
  async make({ folder, name }, file, pieceKib, trackers) {
    const to = trackers.flatMap((url) => ["-t", url]);
    const args = ["-o", file, "-s", String(pieceKib), ...to, join(folder, name)];
    await execute("transmission-create", args);
  },
};

export const byOurs: TorrentMaker = {
  name: "sim torrent create",
  tool: undefined,
  async make({ folder, name }, file, pieceKib, trackers) {
    const to = trackers.flatMap((url) => ["--announce", url]);
    const length = ["--piece-length", `${pieceKib} KiB`];
    const args = ["torrent", "create", join(folder, name), ...length, ...to, "-o", file];
    await execute(process.execPath, [simProgram, ...args]);
  },
};
