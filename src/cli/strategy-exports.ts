import { nearest } from "../core/nearest.ts";
import { defaultProfile, profiles } from "../engine/profiles.ts";
import type {
  ChokerDefinition,
  OptionDefinition,
  PickerDefinition,
} from "../strategies/registry.ts";
import { StrategyError } from "../strategies/strategy-error.ts";

interface Definitions {
  choker: ChokerDefinition;
  picker: PickerDefinition;
}

/** A module's exports, of which only these are looked at. */
export interface Exports {
  readonly [name: string]: unknown;
  readonly default?: unknown;
  readonly choose?: unknown;
  readonly pick?: unknown;
}

const methods = { choker: "choose(round)", picker: "pick(choice)" } as const;

/**
 * The strategy among a module's exports: a definition exported as `choker` or `picker` or by default, or else a function
 * `choose` or `pick` alone, for one that has neither state nor options. `name` is its name when it gives none.
 */
export function strategyOf<K extends keyof Definitions>(
  kind: K,
  exports: Exports,
  file: string,
  name: string,
): Definitions[K] {
  const exported = exports[kind] ?? exports.default;
  const byDefault = { name, summary: `From ${file}.` };
  if (exported !== undefined) {
    return { ...byDefault, ...definition(kind, exported, file) } as Definitions[K];
  }
  const { choose, pick } = exports;
  const method = kind === "choker" ? choose : pick;
  if (typeof method === "function") {
    const strategy = kind === "choker" ? { choose } : { pick };
    return { ...byDefault, create: () => strategy } as unknown as Definitions[K];
  }
  throw new StrategyError(`${file} exports no ${kind}. ${remedy(kind, Object.keys(exports))}`);
}

/** What the user wrote, checked to have the shape of a definition. */
function definition(kind: keyof Definitions, exported: unknown, file: string): object {
  const subject = `${file}: the ${kind}`;
  if (typeof exported !== "object" || exported === null) {
    throw new StrategyError(
      `${subject} must be an object with create(options, settings), and is a ${typeof exported}.`,
    );
  }
  const given = exported as Partial<ChokerDefinition>;
  if (typeof given.create !== "function") {
    throw new StrategyError(
      `${subject} has no create(options, settings) that returns an object with ${methods[kind]}. ` +
        `It has ${Object.keys(exported).join(", ") || "nothing"}.`,
    );
  }
  for (const key of ["name", "summary"] as const) {
    if (given[key] === undefined || typeof given[key] === "string") continue;
    throw new StrategyError(`${subject} must have a text as ${key}.`);
  }
  for (const [name, option] of Object.entries<unknown>(given.options ?? {})) {
    if (hasDefault(option)) continue;
    throw new StrategyError(
      `${subject} must define option "${name}" as { default, summary }, the default a number, text or boolean.`,
    );
  }
  // Keys of the object and of its class alike, without those that it leaves undefined.
  const keys = [
    "name",
    "summary",
    "options",
    "settings",
    "mark",
    "leecherOnly",
    "seedChoker",
    "seederOnly",
  ] as const;
  const own = keys.filter((key) => given[key] !== undefined).map((key) => [key, given[key]]);
  return { ...Object.fromEntries(own), create: given.create.bind(exported) };
}

function hasDefault(option: unknown): boolean {
  if (typeof option !== "object" || option === null) return false;
  const { default: value } = option as Partial<OptionDefinition>;
  if (typeof value === "object" && value !== null) {
    return typeof profiles[defaultProfile][value.setting] === "number";
  }
  return ["number", "string", "boolean"].includes(typeof value);
}

function remedy(kind: keyof Definitions, names: readonly string[]): string {
  const expected = `Export a function ${methods[kind]}, or a const ${kind} with create(options, settings)`;
  if (names.length === 0) return `${expected}. It exports nothing.`;
  const near = nearest(kind === "choker" ? "choose" : "pick", names) ?? nearest(kind, names);
  const hint = near === undefined ? "" : ` Is "${near}" meant to be it?`;
  return `${expected}. It exports ${names.join(", ")}.${hint}`;
}
