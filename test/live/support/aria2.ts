import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ClientKind, markerOf, type Part, running } from "./client.ts";
import { StartedProcess } from "./started-process.ts";

/** aria2c. Its UDP trackers go through the socket of its DHT, which knows no node here. */
export const aria2: ClientKind = {
  name: "aria2",
  tool: "aria2",
  dialsLoopback: true,
  speaksUdp: true,
  takesPeers: false,
  start(part) {
    const process = new StartedProcess({
      name: part.name,
      command: "aria2c",
      args: argumentsOf(part),
      folder: part.scratch,
      logs: part.scratch,
    });
    return running(part, process);
  },
};

function argumentsOf(part: Part): string[] {
  const { role, folder, port, torrent, scratch, name, isOverUdp = false } = part;
  return [
    "--no-conf=true",
    `--dir=${folder}`,
    `--listen-port=${port}`,
    `--enable-dht=${isOverUdp}`,
    ...(isOverUdp ? [`--dht-listen-port=${port}`, `--dht-file-path=${scratch}/${name}.dht`] : []),
    "--enable-dht6=false",
    "--disable-ipv6=true",
    "--bt-enable-lpd=false",
    "--enable-peer-exchange=false",
    "--bt-min-crypto-level=plain",
    "--bt-require-crypto=false",
    "--file-allocation=none",
    "--summary-interval=0",
    "--show-console-readout=false",
    "--console-log-level=notice",
    "--allow-overwrite=true",
    "--seed-ratio=0.0", // seeds until it is stopped
    ...(role === "seeder" ? ["--bt-seed-unverified=true"] : []),
    ...(role === "leecher" ? [`--on-bt-download-complete=${markScript(part)}`] : []),
    `--torrent-file=${torrent}`,
  ];
}

/** A script that makes the marker: neither aria2 nor Transmission takes a command with arguments. */
export function markScript(part: Part): string {
  const script = join(part.scratch, `${part.name}.mark`);
  writeFileSync(script, `#!/bin/sh\n: > '${markerOf(part)}'\n`);
  chmodSync(script, 0o755);
  return script;
}
