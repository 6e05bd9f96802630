import type { RunResult } from "../../metrics/results.ts";
import { clockTime, counted } from "../../report/units.ts";
import type { LoadedScenario } from "../load-scenario.ts";
import { type OtherWay, type RunOptions, run } from "../run.ts";
import { runCells } from "../simulation-pool.ts";
import type { Cell } from "../simulation-worker.ts";
import type { Terminal } from "../terminal.ts";
import { latenessText } from "./lateness-text.ts";
import { expectLive, expectTime, peersDirectory, removePeersDirectory } from "./live-places.ts";

export interface LiveOptions extends RunOptions {
  /** Ends it then in any case, as in "5 min". */
  readonly atMost?: string;
  /** Peers keep no files. */
  readonly memory?: boolean;
}

/** `sim live`: runs a scenario among real sockets on this machine, and writes what came of it. Returns the exit code. */
export async function live(
  file: string,
  options: LiveOptions,
  terminal: Terminal,
): Promise<number> {
  const { atMost, set } = options;
  const all = atMost === undefined ? set : [...set, `stop.atMost=${atMost}`];
  return run(file, { ...options, set: all }, terminal, new LiveWay(options, terminal));
}

class LiveWay implements OtherWay {
  readonly verb = "live";
  private readonly options: LiveOptions;
  private readonly terminal: Terminal;
  private directory: string | null = null;

  constructor(options: LiveOptions, terminal: Terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  async begin({ scenario, strategies }: LoadedScenario): Promise<void> {
    expectLive(scenario);
    const seconds = await expectedSeconds({ scenario, modules: strategies.modules });
    expectTime(seconds);
    if (this.options.quiet !== true) {
      this.terminal.err(
        `Simulated, this takes ${clockTime(seconds)}. Live it takes about as long, of real time.\n`,
      );
    }
    if (this.options.memory !== true) this.directory = peersDirectory();
  }

  get cell(): Pick<Cell, "live"> {
    return { live: { directory: this.directory } };
  }

  cleanUp(): void {
    if (this.directory !== null) removePeersDirectory(this.directory);
  }

  facts({ live: facts }: RunResult): string {
    if (facts === undefined) return "";
    const { verifiedPeers } = facts;
    if (verifiedPeers === 0) return `${latenessText([facts])}\n`;
    const files = `What ${counted(verifiedPeers, "peer")} downloaded was read again: SHA-1 is right.`;
    return `${files}\n${latenessText([facts])}\n`;
  }
}

/** What a run takes when it is simulated: its best estimate. */
async function expectedSeconds(cell: Cell): Promise<number> {
  let seconds = 0;
  await runCells("runCellForFigures", [cell], {
    jobs: 1,
    onDone: (_, { simulatedSeconds }) => {
      seconds = simulatedSeconds;
    },
  });
  return seconds;
}
