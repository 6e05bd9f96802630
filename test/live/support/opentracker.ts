import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StartedProcess } from "./started-process.ts";
import type { TrackerKind } from "./tracker.ts";

/** Who it becomes when root starts it. */
const nobody = ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=KILL"];

/**
 * Debian's opentracker serves only torrents on its list, which is one infohash a line. It gives the asker its own address too, and an
 * interval of half an hour, so whoever comes later has to dial.
 */
export const opentracker: TrackerKind = {
  name: "opentracker",
  tool: "opentracker",
  isOverUdp: false,
  urlAt: (port) => `http://127.0.0.1:${port}/announce`,
  async start(scratch, port, infohash) {
    const folder = join(scratch, "opentracker");
    const list = join(folder, "list.txt");
    await mkdir(folder);
    await writeFile(list, `${infohash}\n`);
    // For nobody.
    await chmod(scratch, 0o755);
    await chmod(folder, 0o755);
    await chmod(list, 0o644);
    const options = ["-i", "127.0.0.1", "-p", `${port}`, "-P", `${port}`, "-d", folder, "-w", list];
    const program = ["opentracker", ...options];
    const [command = "", ...args] =
      process.getuid?.() === 0 ? ["setpriv", ...nobody, ...program] : program;
    return new StartedProcess({ name: "opentracker", command, args, folder, logs: scratch });
  },
};

export const opentrackerOverUdp: TrackerKind = {
  ...opentracker,
  name: "opentracker over UDP",
  isOverUdp: true,
  urlAt: (port) => `udp://127.0.0.1:${port}/announce`,
};
