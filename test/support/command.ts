import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** What a process came to. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `npm test` does not build; the first run in a fresh checkout has to. */
export function buildOnce(): void {
  if (existsSync(program)) return;
  execFileSync("npm", ["run", "build"], { cwd: root, stdio: "ignore" });
}

/** `sim` as a user starts it, in a process of its own. */
export class Command {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(args: readonly string[], folder: string, environment: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    this.ended = new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, out, err }));
    });
  }
}

/** Runs `sim` to its end. */
export function sim(args: readonly string[], folder: string): Promise<Ended> {
  return new Command(args, folder).ended;
}
