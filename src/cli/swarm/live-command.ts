import type { Command } from "commander";
import { collect, expectReport, expectTrace } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import type { LiveOptions } from "./live.ts";

/** Adds `sim live`. */
export function addLive(program: Command, terminal: Terminal, end: (code: number) => void): void {
  program
    .command("live")
    .description("run a small scenario as real peers on this machine, in real time")
    .argument("<file>", "the scenario, in YAML")
    .option("-s, --seed <seed>", "of who comes, when and over which link, as in `sim run`")
    .option("--set <path=value>", "change the scenario; repeatable", collect, [])
    .option("--at-most <time>", "end it then in any case, as in '5 min'")
    .option("--memory", "peers keep no files")
    .option(
      "-o, --out <directory>",
      "where the run's files go (default: runs/NAME-live-SEED, with a number if taken)",
    )
    .option("--trace", "write every event to events.ndjson")
    .option("--rechokes", "with --trace: also each rechoke round, and why it chose as it did")
    .option("--json", "print the summary as one JSON object, and nothing else, to standard output")
    .option("-q, --quiet", "print no progress and no table")
    .option("--no-report", "write the numbers only; `sim report` draws the charts later")
    .option("--open", "open the report at the end")
    .action(async (file: string, options: LiveOptions) => {
      expectReport(options);
      expectTrace(options);
      const { live } = await import("./live.ts");
      end(await live(file, options, terminal));
    });
}
