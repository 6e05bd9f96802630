import { Command, CommanderError } from "commander";
import { addBatches } from "./batch-commands.ts";
import { exitCodes, isInputError } from "./exit-codes.ts";
import { addShares } from "./live/share-commands.ts";
import { collect, expectReport, expectTrace } from "./options.ts";
import type { ReportOptions } from "./report.ts";
import type { ReproduceOptions } from "./reproduce/reproduce.ts";
import type { RunOptions } from "./run.ts";
import { addLive } from "./swarm/live-command.ts";
import type { Terminal } from "./terminal.ts";
import { addTorrent } from "./torrent-commands.ts";
import { addTracker } from "./tracker-command.ts";
import { version } from "./version.ts";

const examples = `
Examples:
  sim run scenarios/flashcrowd.yaml              simulate, and write runs/flashcrowd-1/
  sim run scenarios/flashcrowd.yaml --seed 2     the same with other chances
  sim run scenarios/flashcrowd.yaml --set peers.dsl.count=100 --set torrent.size='10 MiB'
  sim run scenarios/hello.yaml --trace           also write every event
  sim run scenarios/hello.yaml --json --quiet    the numbers alone, for scripts
  sim compare scenarios/flashcrowd.yaml --choker tit-for-tat,random --seeds 5
                                                 which is faster, for whom, and is it luck?
  sim compare scenarios/hello.yaml --vary torrent.pieceLength='64 KiB,256 KiB,1 MiB'
  sim tournament scenarios/hello.yaml --choker tit-for-tat,random,./mine.ts
                                                 every strategy meets every other
  sim validate scenarios/*.yaml                  find what is wrong without running
  sim reproduce --list                           published experiments that can be run again
  sim report runs/flashcrowd-1                   draw the charts again
  sim torrent create film.mkv --announce udp://192.0.2.1:6969
                                                 make a torrent file of a file or folder
  sim live scenarios/live/one-seeder.yaml        a small scenario as real peers on this machine
  sim tracker                                    a tracker for real clients on this machine

Exit codes: 0 done, 2 what was given cannot be used, 3 what was verified is not complete, 130 stopped by Ctrl-C,
143 told to end, 1 a bug of ours.`;

/** Runs the command line `args` and returns the exit code. Everything printed goes to `terminal`. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = exitCodes.done;
  const program = commands(terminal, (given) => {
    code = given;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return failed(error, terminal);
  }
}

/** Each command loads its own code, so that help and mistakes do not wait for the simulator. */
function commands(terminal: Terminal, end: (code: number) => void): Command {
  const program = new Command("sim")
    .description("Simulates BitTorrent swarms whose peers run a real BitTorrent engine.")
    .version(version(), "-V, --version", "print the version")
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(`--help` shows what there is)")
    .addHelpText("after", examples);
  addRun(program, terminal, end);
  addBatches(program, terminal, end);
  addReproduce(program, terminal, end);
  addShares(program, terminal, end);
  addOthers(program, terminal, end);
  addTorrent(program, terminal, end);
  addTracker(program, terminal, end);
  addLive(program, terminal, end);
  return program;
}

function addRun(program: Command, terminal: Terminal, end: (code: number) => void): void {
  program
    .command("run")
    .description("simulate a scenario, and write its numbers, charts and report")
    .argument("<file>", "the scenario, in YAML")
    .option("-s, --seed <seed>", "of all chances; the scenario's own by default")
    .option(
      "--set <path=value>",
      "change the scenario, as in peers.dsl.count=100; repeatable",
      collect,
      [],
    )
    .option(
      "-o, --out <directory>",
      "where the files go (default: runs/NAME-SEED, with a number if taken)",
    )
    .option("--trace", "write every event to events.ndjson (some 300 bytes a block)")
    .option(
      "--rechokes",
      "with --trace: also each rechoke round, and why it chose as it did (large)",
    )
    .option("--check", "run the invariant checkers beside the simulation (slower)")
    .option("--json", "print the summary as one JSON object, and nothing else, to standard output")
    .option("-q, --quiet", "print no progress and no table")
    .option("--no-report", "write the numbers only; `sim report` draws the charts later")
    .option("--open", "open the report at the end")
    .action(async (file: string, options: RunOptions) => {
      expectReport(options);
      expectTrace(options);
      const { run } = await import("./run.ts");
      end(await run(file, options, terminal));
    });
}

function addReproduce(program: Command, terminal: Terminal, end: (code: number) => void): void {
  program
    .command("reproduce")
    .description("run published experiments again, and say what comes of them")
    .argument("[names...]", "as --list has them; all by default")
    .option("-l, --list", "say what there is, without running")
    .option("--seeds <number>", "runs of each variant (default: the experiment's own number)")
    .option(
      "-j, --jobs <number>",
      "runs at the same time (default: as many as there are processors)",
    )
    .option("-o, --out <directory>", "where each gets a directory of its name", "reports")
    .option("--json", "print the findings as one JSON list, and nothing else, to standard output")
    .option("-q, --quiet", "print no progress and no table")
    .action(async (names: string[], options: ReproduceOptions) => {
      const { reproduce } = await import("./reproduce/reproduce.ts");
      end(await reproduce(names, options, terminal));
    });
}

function addOthers(program: Command, terminal: Terminal, end: (code: number) => void): void {
  program
    .command("validate")
    .description("say what is wrong with scenarios, without running them")
    .argument("<files...>", "scenarios, in YAML")
    .option("--set <path=value>", "change them first; repeatable", collect, [])
    .action(async (files: string[], options: { set: string[] }) => {
      const { validate } = await import("./validate.ts");
      end(await validate(files, options.set, terminal));
    });

  program
    .command("strategies")
    .description("list the chokers and pickers, and their options")
    .action(async () => {
      const { listStrategies } = await import("./list-strategies.ts");
      end(listStrategies(terminal));
    });

  program
    .command("schema")
    .description("print the JSON Schema of scenarios, for editors")
    .action(async () => {
      const { schema } = await import("./schema.ts");
      end(schema(terminal));
    });

  program
    .command("report")
    .description("draw the charts and the page of a run directory again")
    .argument("<directory>", "as `sim run` wrote it")
    .option("-q, --quiet", "print nothing")
    .option("--open", "open the report at the end")
    .action(async (directory: string, options: ReportOptions) => {
      const { report } = await import("./report.ts");
      end(await report(directory, options, terminal));
    });
}

/** Says what went wrong. Stacks are for mistakes of ours only. */
function failed(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    // Commander has said it already; help and version end this way too.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  }
  if (isInputError(error)) {
    terminal.err(`${error.message}\n`);
    return exitCodes.badInput;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.err(
    `${text}\n\nThis is a mistake in Swarmlab ${version()} (Node ${process.version}), not yours. ` +
      "Please report it with the text above, the scenario and the command line.\n",
  );
  return exitCodes.bug;
}
