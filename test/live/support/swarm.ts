import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientKind, Part, Running } from "./client.ts";
import { freePort } from "./ports.ts";
import type { StartedProcess } from "./started-process.ts";

/** Processes on this machine and their files, gone when the test is. */
export class Swarm {
  readonly scratch: string;
  readonly #processes: StartedProcess[] = [];

  constructor(scratch: string) {
    this.scratch = scratch;
  }

  /** Has the process ended with the others, and its log in the message of a failure. */
  add<T extends { readonly process: StartedProcess }>(one: T): T {
    this.#processes.push(one.process);
    return one;
  }

  /** Starts a client at a port of its own. */
  async start(kind: ClientKind, part: Omit<Part, "port" | "scratch">): Promise<Running> {
    const port = await freePort();
    return this.add(kind.start({ ...part, port, scratch: this.scratch }));
  }

  /** A directory for one client's data. */
  folder(name: string): string {
    return join(this.scratch, name);
  }

  logs(): string {
    return this.#processes.map((process) => process.report()).join("");
  }

  async end(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
    await rm(this.scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs `test` with a swarm that ends with it, well or not. An error carries what the clients said last. */
export async function withSwarm(test: (swarm: Swarm) => Promise<void>): Promise<void> {
  const swarm = new Swarm(await mkdtemp(join(tmpdir(), "swarmlab-live-")));
  try {
    await test(swarm);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${message}\n${swarm.logs()}`, { cause: error });
  } finally {
    await swarm.end();
  }
}
