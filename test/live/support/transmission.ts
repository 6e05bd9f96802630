import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markScript } from "./aria2.ts";
import { type ClientKind, running } from "./client.ts";
import { StartedProcess } from "./started-process.ts";

/** `bind-address-ipv6` is not among them on purpose: 3.00 hands it to curl, and announces fail without a word. */
const settings = {
  "dht-enabled": false,
  "lpd-enabled": false,
  "pex-enabled": false,
  "utp-enabled": false,
  "port-forwarding-enabled": false,
  "rename-partial-files": false,
  encryption: 1,
  preallocation: 0,
  "upload-slots-per-torrent": 14,
};

/** transmission-cli 3.00. As a seeder it checks the data first, and unchokes at its 10 s ticks only. */
export const transmission: ClientKind = {
  name: "transmission",
  tool: "transmission",
  dialsLoopback: false,
  speaksUdp: true,
  takesPeers: false,
  start(part) {
    const home = join(part.scratch, `${part.name}.home`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "settings.json"), JSON.stringify(settings));
    const process = new StartedProcess({
      name: part.name,
      command: "transmission-cli",
      args: [
        ...["-g", home, "-w", part.folder, "-p", String(part.port), "-M", "-et"],
        ...(part.role === "leecher" ? ["-f", markScript(part)] : []),
        part.torrent,
      ],
      folder: part.scratch,
      logs: part.scratch,
    });
    return running(part, process);
  },
};
