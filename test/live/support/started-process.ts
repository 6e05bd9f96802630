import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What a process is started with. */
export interface Program {
  /** For messages and the name of its log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The working directory. */
  readonly folder: string;
  /** Where `NAME.out` and `NAME.err` are written. */
  readonly logs: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** How a process ended: one of the two is null. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const setpriv = "/usr/bin/setpriv";

/** A process in a group of its own. It ends with `stop`, and on Linux also when who started it dies, however that is. */
export class StartedProcess {
  readonly name: string;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly outFile: string;
  readonly errFile: string;
  #exit: Exit | undefined;

  constructor({ name, command, args, folder, logs, environment }: Program) {
    this.name = name;
    this.outFile = join(logs, `${name}.out`);
    this.errFile = join(logs, `${name}.err`);
    const out = openSync(this.outFile, "a");
    const err = openSync(this.errFile, "a");
    // The kernel's death signal needs no clean-up of ours: a test that is killed leaves nobody behind.
    const [first, ...rest] = existsSync(setpriv)
      ? [setpriv, "--pdeathsig", "KILL", command, ...args]
      : [command, ...args];
    const child = spawn(first as string, rest, {
      cwd: folder,
      env: { ...withoutProxies(process.env), ...environment },
      stdio: ["ignore", out, err],
      detached: true,
    });
    closeSync(out);
    closeSync(err);
    this.exited = exitOf(child).then((exit) => {
      this.#exit = exit;
      return exit;
    });
    if (child.pid === undefined) throw new Error(`${name}: cannot start ${command}`);
    this.pid = child.pid;
  }

  /** How it ended, if it has. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Sends a signal to the process and all that it started itself. */
  signal(signal: NodeJS.Signals): void {
    if (this.#exit !== undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }

  /** Asks it to end, and ends it when it does not. */
  async stop(graceful: NodeJS.Signals = "SIGTERM", patience = 3_000): Promise<Exit> {
    this.signal(graceful);
    await Promise.race([this.exited, sleep(patience, undefined, { ref: false })]);
    this.signal("SIGKILL");
    return this.exited;
  }

  out(): string {
    return readFileSync(this.outFile, "utf8");
  }

  err(): string {
    return readFileSync(this.errFile, "utf8");
  }

  /** How it stands and the last that it said, for a test that fails. */
  report(): string {
    const state =
      this.#exit === undefined
        ? "running"
        : `ended with ${this.#exit.signal ?? `code ${this.#exit.code}`}`;
    return `--- ${this.name} (${state})\n${tail(this.out())}${tail(this.err())}`;
  }
}

/** aria2 and others would ask a proxy for the tracker on this machine. */
function withoutProxies(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(([name]) => !/_proxy$/i.test(name));
  return Object.fromEntries(own);
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ code: 127, signal: null }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}

function tail(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  return lines
    .slice(-15)
    .map((line) => `    ${line.slice(0, 300)}\n`)
    .join("");
}
