import type { Command } from "commander";
import type { CompareOptions } from "./compare/compare.ts";
import type { TournamentOptions } from "./compare/tournament.ts";
import { collect, expectReport } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Adds the commands that run a scenario many times. */
export function addBatches(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const compare = program
    .command("compare")
    .description("run variants of a scenario with the same seeds, and compare them")
    .argument("<file>", "the scenario, in YAML")
    .option("--choker <names>", "chokers to compare, with commas: names, or paths of modules")
    .option("--picker <names>", "pickers to compare")
    .option(
      "--vary <path=values>",
      "values to compare, as in 'peers.dsl.upload=1 Mbit/s,2 Mbit/s'; repeatable: all combinations",
      collect,
      [],
    )
    .option(
      "--share <shares>",
      "mix two chokers: the second plays these shares of each class, as in 0,0.25,0.5,0.75,1",
    );
  compare.option(
    "--live",
    "each variant simulated, and as real peers on this machine, in real time: see `sim live`",
  );
  withBatchOptions(compare).action(async (file: string, options: CompareOptions) => {
    expectReport(options);
    const { compare: run } = await import("./compare/compare.ts");
    end(await run(file, options, terminal));
  });

  const tournament = program
    .command("tournament")
    .description("let every strategy meet every other in mixed swarms, and rank them")
    .argument("<file>", "the scenario, in YAML")
    .requiredOption("--choker <names>", "who takes part, with commas: names, or paths of modules")
    .option("--shares <shares>", "of one side, as in 0.1,0.5,0.9; the other is the rest", "0.5");
  withBatchOptions(tournament).action(async (file: string, options: TournamentOptions) => {
    expectReport(options);
    const { tournament: run } = await import("./compare/tournament.ts");
    end(await run(file, options, terminal));
  });
}

function withBatchOptions(command: Command): Command {
  return command
    .option(
      "--for <class>",
      "whom the strategies go to (default: every class of leechers); repeatable",
      collect,
      [],
    )
    .option("--seeds <number>", "runs of each variant, from the scenario's seed on", "5")
    .option("-j, --jobs <number>", "runs at the same time (default: as many as processors)")
    .option("--set <path=value>", "change the scenario first; repeatable", collect, [])
    .option("-o, --out <directory>", "where the files go, and finished runs are looked for")
    .option("--json", "print the result as one JSON object, and nothing else, to standard output")
    .option("-q, --quiet", "print no progress and no table")
    .option("--no-report", "write the numbers only")
    .option("--open", "open the report at the end");
}
