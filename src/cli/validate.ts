import { counted } from "../report/units.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { exitCodes, isInputError } from "./exit-codes.ts";
import { loadScenario } from "./load-scenario.ts";
import type { Terminal } from "./terminal.ts";

/** `sim validate`: looks whether scenarios can be run, and says all that is wrong with them. Returns the exit code. */
export async function validate(
  files: readonly string[],
  overrides: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let code: number = exitCodes.done;
  for (const file of files) {
    try {
      const { scenario } = await loadScenario(file, overrides);
      terminal.out(`${file}: ok: ${describe(scenario)}\n`);
    } catch (error) {
      if (!isInputError(error)) throw error;
      terminal.err(`${error.message}\n`);
      code = exitCodes.badInput;
    }
  }
  return code;
}

function describe({ peers, torrent }: Scenario): string {
  const classes = peers.map((one) => {
    const count = Number.isFinite(one.count) ? String(one.count) : "any number of";
    return `${count} ${one.name}`;
  });
  const pieces = counted(Math.ceil(torrent.size / torrent.pieceLength), "piece");
  return `${classes.join(", ")}; ${pieces}`;
}
