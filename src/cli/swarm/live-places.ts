import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liveProblems } from "../../live/swarm/limits.ts";
import { clockTime } from "../../report/units.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { InputError } from "../exit-codes.ts";

/** Seconds of real time that a live run may take. */
const MOST_SECONDS = 3600;

/** Throws an InputError when the scenario cannot run live. */
export function expectLive(scenario: Scenario): void {
  const problems = liveProblems(scenario);
  if (problems.length > 0) throw new InputError(problems.join("\n"));
}

/** Throws an InputError when a run takes too long that takes `seconds` when it is simulated. */
export function expectTime(seconds: number): void {
  if (seconds <= MOST_SECONDS) return;
  throw new InputError(
    `stop.atMost: simulated this takes ${clockTime(seconds)}, and live it would take real time: at most ${clockTime(MOST_SECONDS)} is possible. ` +
      "End it earlier, as with --at-most '10 min', or give a smaller torrent.",
  );
}

const places = new Set<string>();

process.on("exit", () => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

/** A directory for peers to keep their files in, where the system has such. It goes with the process at the latest. */
export function peersDirectory(): string {
  const place = mkdtempSync(join(tmpdir(), "swarmlab-live-"));
  places.add(place);
  return place;
}

export function removePeersDirectory(place: string): void {
  places.delete(place);
  rmSync(place, { recursive: true, force: true });
}
