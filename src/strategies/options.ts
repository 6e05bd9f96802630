import { nearest } from "../core/nearest.ts";
import type { ClientSettings } from "../engine/settings.ts";
import type {
  OptionDefinition,
  OptionValue,
  StrategyDefinition,
  StrategyOptions,
} from "./registry.ts";
import { StrategyError } from "./strategy-error.ts";

/** Checks the options given to a strategy: an unknown name, a wrong type or a value out of bounds is an error. */
export function checkOptions(definition: StrategyDefinition, given: StrategyOptions): void {
  const known = optionsOf(definition);
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option === undefined) throw unknownOption(definition.name, name, Object.keys(known));
    const expected = expectation(option);
    if (typeof value !== expected.type || !isWithin(option, value)) {
      throw new StrategyError(
        `Option "${name}" of "${definition.name}" must be ${expected.text}, and is ${JSON.stringify(value) ?? String(value)}.`,
        { option: name },
      );
    }
  }
}

/** The options of a strategy with every default filled in, some of them from the client's settings. */
export function completeOptions(
  definition: StrategyDefinition,
  given: StrategyOptions,
  settings: ClientSettings,
): StrategyOptions {
  checkOptions(definition, given);
  const complete: Record<string, OptionValue> = {};
  for (const [name, option] of Object.entries(optionsOf(definition))) {
    const byDefault = option.default;
    complete[name] =
      given[name] ?? (typeof byDefault === "object" ? settings[byDefault.setting] : byDefault);
  }
  return complete;
}

function optionsOf(definition: StrategyDefinition): Readonly<Record<string, OptionDefinition>> {
  return definition.options ?? {};
}

function unknownOption(strategy: string, name: string, known: readonly string[]): StrategyError {
  if (known.length === 0) {
    return new StrategyError(`"${strategy}" takes no options, and is given "${name}".`, {
      option: name,
    });
  }
  const near = nearest(name, known);
  const remedy = near === undefined ? "" : ` Did you mean "${near}"?`;
  return new StrategyError(
    `"${strategy}" has no option "${name}".${remedy} Its options: ${known.join(", ")}.`,
    { option: name },
  );
}

function expectation(option: OptionDefinition): { type: string; text: string } {
  const type = typeof option.default === "object" ? "number" : typeof option.default;
  if (option.oneOf !== undefined) return { type, text: `one of ${option.oneOf.join(", ")}` };
  if (type !== "number") return { type, text: type === "string" ? "a text" : "true or false" };
  const { minimum, maximum } = option;
  let text = option.isInteger ? "a whole number" : "a number";
  if (minimum !== undefined && maximum !== undefined) text += ` from ${minimum} to ${maximum}`;
  else if (minimum !== undefined) text += ` of at least ${minimum}`;
  else if (maximum !== undefined) text += ` of at most ${maximum}`;
  return { type, text };
}

function isWithin(option: OptionDefinition, value: OptionValue): boolean {
  if (option.oneOf !== undefined) return option.oneOf.includes(value);
  if (typeof value !== "number") return true;
  if (Number.isNaN(value) || (option.isInteger && !Number.isInteger(value))) return false;
  return value >= (option.minimum ?? value) && value <= (option.maximum ?? value);
}
