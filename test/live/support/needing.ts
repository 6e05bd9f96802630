import { test } from "@jest/globals";
import { installMissing, policy } from "./install.ts";
import { isInstalled, type Tool } from "./real-clients.ts";

const reason = installMissing();
// Where something is not to be had, its tests are left out, and the closing line of the run says so (skipped-clients.js).
const { concurrent } = test;

/**
 * A test that needs programs of others, run beside the others of its file. Without them it is skipped, or with
 * SWARMLAB_REAL_CLIENTS=required it fails.
 */
export function needing(
  tools: readonly (Tool | undefined)[],
  name: string,
  run: () => Promise<void>,
  timeout = 150_000,
): void {
  const missing = tools.filter((tool) => tool !== undefined && !isInstalled(tool));
  if (missing.length === 0) {
    concurrent(name, run, timeout);
    return;
  }
  const why = `needs ${[...new Set(missing)].join(", ")}: ${reason}`;
  if (policy === "required") {
    concurrent(name, () => Promise.reject(new Error(why)));
  } else {
    const { skip } = concurrent;
    skip(`${name} (${why})`, run);
  }
}
