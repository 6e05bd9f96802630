import { join } from "node:path";
import { type ClientKind, loopback, type Part } from "./client.ts";
import { simProgram } from "./root.ts";
import { StartedProcess } from "./started-process.ts";

/** Our own, as a user starts it: `sim seed`, or `sim download`, which ends when it has all. */
export const ours: ClientKind = {
  name: "swarmlab",
  tool: undefined,
  dialsLoopback: true,
  speaksUdp: true,
  takesPeers: true,
  start(part) {
    const process = startSim(part, argumentsOf(part));
    return { part, process, isComplete: () => process.exit?.code === 0 };
  },
};

function argumentsOf({ role, torrent, data, folder, port, dial = [] }: Part): string[] {
  const place = ["--port", String(port)];
  if (role === "seeder")
    return ["seed", torrent, join(folder, data.name), ...place, "--json", "--quiet"];
  const peers = dial.flatMap((one) => ["--peer", `${loopback}:${one}`]);
  return ["download", torrent, "-o", folder, ...place, ...peers, "--json", "--quiet"];
}

/** Starts `sim` with these arguments. */
export function startSim(
  { name, scratch }: Pick<Part, "name" | "scratch">,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): StartedProcess {
  return new StartedProcess({
    name,
    command: process.execPath,
    args: [...nodeOptions, simProgram, ...args],
    folder: scratch,
    logs: scratch,
  });
}
