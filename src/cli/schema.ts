import { scenarioJsonSchema } from "../scenario/schema.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `sim schema`: the JSON Schema of scenarios, as it is in scenario.schema.json. Returns the exit code. */
export function schema(terminal: Terminal): number {
  terminal.out(`${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`);
  return exitCodes.done;
}
