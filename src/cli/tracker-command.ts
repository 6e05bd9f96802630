import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";
import type { TrackerOptions } from "./tracker.ts";

/** Adds `sim tracker`. */
export function addTracker(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  program
    .command("tracker")
    .description("run a tracker for real clients, until Ctrl-C")
    .option("--http <port>", "serve over HTTP at this port; 0 for any free one")
    .option("--udp <port>", "serve over UDP at this port (default of both, without either: 6969)")
    .option("--host <address>", "where to listen; 0.0.0.0 or :: for everybody", "127.0.0.1")
    .option("--interval <time>", "how often clients are to announce", "30 min")
    .option("--json", "print the addresses as one JSON object, and nothing else")
    .action(async (options: TrackerOptions) => {
      const { tracker } = await import("./tracker.ts");
      end(await tracker(options, terminal));
    });
}
