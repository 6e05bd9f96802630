import { builtInStrategies } from "../strategies/built-in.ts";
import type { OptionDefinition, StrategyDefinition } from "../strategies/registry.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `sim strategies`: what a scenario may name as `choker` and `picker`. Returns the exit code. */
export function listStrategies(terminal: Terminal): number {
  const { chokers, pickers } = builtInStrategies;
  terminal.out(`${terminal.bold("Chokers")}: whom to upload to\n\n${list(chokers.values())}\n`);
  terminal.out(
    `${terminal.bold("Pickers")}: which piece to start next\n\n${list(pickers.values())}\n`,
  );
  terminal.out(
    "A class names one as in `choker: tit-for-tat`, with options as in\n" +
      "`choker: { name: tit-for-tat, options: { minUploads: 3 } }`, or the path of a module of yours,\n" +
      "as in `choker: ./my-choker.ts`. See docs/strategies.md.\n",
  );
  return exitCodes.done;
}

function list(definitions: Iterable<StrategyDefinition>): string {
  const all = [...definitions];
  const width = Math.max(...all.map(({ name }) => name.length)) + 2;
  let text = "";
  for (const { name, summary, options } of all) {
    text += `  ${name.padEnd(width)}${summary}\n`;
    for (const [option, definition] of Object.entries(options ?? {})) {
      text += `  ${"".padEnd(width)}${option} (${defaultOf(definition)}): ${definition.summary}\n`;
    }
  }
  return text;
}

function defaultOf(definition: OptionDefinition): string {
  const { default: value } = definition;
  return typeof value === "object" ? "default: the profile's" : `default: ${value}`;
}
