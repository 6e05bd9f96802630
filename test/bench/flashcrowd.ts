import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Measured } from "./measure.ts";
import { queueLimit } from "./queue.ts";
import type { RunCost } from "./simulate-once.ts";

/** The runs of one flash crowd, and what the event queue alone would allow with as many events pending. */
export interface WholeResult {
  readonly name: string;
  readonly runs: readonly RunCost[];
  readonly queue: Measured;
}

/** Simulates a flash crowd `times` times, each in a process of its own, so that memory and compiler start from nothing. */
export function runFlashcrowd(name: string, leechers: number, times: number): WholeResult {
  const script = fileURLToPath(new URL("./simulate-once.js", import.meta.url));
  const runs: RunCost[] = [];
  for (let i = 0; i < times; i++) {
    const args = ["--expose-gc", script, String(leechers)];
    runs.push(JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as RunCost);
  }
  const digests = new Set(runs.map((run) => run.digest));
  if (digests.size > 1) throw new Error(`${name}: runs differ: ${[...digests].join(", ")}`);
  const [first] = runs as [RunCost];
  if (first.completed !== leechers) {
    throw new Error(`${name}: ${first.completed} of ${leechers} leechers completed`);
  }
  return { name, runs, queue: queueLimit(Math.max(1, Math.round(first.meanPending))) };
}
