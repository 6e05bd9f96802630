import { join } from "node:path";
import { type ClientKind, loopback, markerOf, running } from "./client.ts";
import { pythonWithLibtorrent } from "./real-clients.ts";
import { root } from "./root.ts";
import { StartedProcess } from "./started-process.ts";

const script = join(root, "test", "live", "support", "libtorrent-peer.py");

/** libtorrent of Arvid Norberg (Rasterbar), which is also qBittorrent's and Deluge's, through a small script. */
export const libtorrent: ClientKind = {
  name: "libtorrent",
  tool: "libtorrent",
  dialsLoopback: true,
  speaksUdp: true,
  takesPeers: true,
  start(part) {
    const python = pythonWithLibtorrent();
    if (python === undefined) throw new Error("no Python here can import libtorrent");
    const process = new StartedProcess({
      name: part.name,
      command: python,
      args: [
        script,
        ...["--torrent", part.torrent, "--save", part.folder],
        ...["--listen", `${loopback}:${part.port}`],
        ...(part.role === "seeder" ? ["--seed"] : ["--done", markerOf(part)]),
        ...(part.dial ?? []).flatMap((port) => ["--dial", `${loopback}:${port}`]),
      ],
      folder: part.scratch,
      logs: part.scratch,
    });
    return running(part, process);
  },
};
