import { spawn } from "node:child_process";
import type { Terminal } from "./terminal.ts";

/** Opens a file with what the system opens pages with. Says so where there is no such program. */
export function openInBrowser(path: string, terminal: Terminal): void {
  const commands: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    darwin: ["open"],
    win32: ["cmd", "/c", "start", ""],
  };
  const [program = "", ...args] = commands[process.platform] ?? ["xdg-open"];
  const child = spawn(program, [...args, path], { detached: true, stdio: "ignore" });
  child.on("error", () =>
    terminal.err(`No program to open ${path} with: ${program} is not there.\n`),
  );
  child.unref();
}
