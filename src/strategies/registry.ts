import { nearest } from "../core/nearest.ts";
import type { Choker } from "../engine/choker.ts";
import type { Picker } from "../engine/picker.ts";
import type { ClientSettings } from "../engine/settings.ts";
import { StrategyError } from "./strategy-error.ts";

export type OptionValue = number | string | boolean;

/** Values of a strategy's options, as a scenario gives them. */
export type StrategyOptions = Readonly<Record<string, OptionValue>>;

/** The settings that are plain numbers. */
export type NumericSetting = {
  [K in keyof ClientSettings]: ClientSettings[K] extends number ? K : never;
}[keyof ClientSettings];

/** An option that a strategy takes. */
export interface OptionDefinition<V extends OptionValue = OptionValue> {
  /** The value when none is given, which is also its type; or the setting of the client's profile that it comes from. */
  readonly default: V | { readonly setting: NumericSetting };
  /** One sentence for `sim strategies` and the docs, with the unit. */
  readonly summary: string;
  /** The values that it may have, when these are few. */
  readonly oneOf?: readonly V[];
  /** Bounds of a number. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** A number without a fraction. */
  readonly isInteger?: boolean;
}

/** What chokers and pickers are defined by; `V` is the type of the options that `create` is given, all filled in. */
export interface StrategyDefinition<V extends StrategyOptions = StrategyOptions> {
  readonly name: string;
  /** One sentence and the source. */
  readonly summary: string;
  readonly options?: { readonly [K in keyof V]: OptionDefinition<V[K]> };
  /** Constants of the client that the strategy is defined with, as a wide view: they come before the profile's. */
  readonly settings?: Partial<ClientSettings>;
}

export interface ChokerDefinition<V extends StrategyOptions = StrategyOptions>
  extends StrategyDefinition<V> {
  /**
   * Four letters or digits that its clients carry in their peer id, after the client's own name (BEP 20), for others of the
   * kind to know them by. None by default: nobody can tell.
   */
  readonly mark?: string;
  /** Makes the choker of one client, whose settings (profile and overrides) are given. */
  create(options: V, settings: ClientSettings): Choker;
  /** When the client seeds, the class's seed choker takes over; without one `seedChoker`, or else the profile's. */
  readonly leecherOnly?: boolean;
  /** The choker that its source has for seeders. */
  readonly seedChoker?: string;
  /** For seeders only: it takes over when the client has every piece. */
  readonly seederOnly?: boolean;
}

export interface PickerDefinition<V extends StrategyOptions = StrategyOptions>
  extends StrategyDefinition<V> {
  /** Makes the picker of one client, whose settings (profile and overrides) are given. */
  create(options: V, settings: ClientSettings): Picker;
}

/** The strategies a run may name: the built-in ones, and what a user brings. */
export interface Strategies {
  readonly chokers: ReadonlyMap<string, ChokerDefinition>;
  readonly pickers: ReadonlyMap<string, PickerDefinition>;
}

/** The definitions to put into a registry, under their names. */
export interface NewStrategies {
  readonly chokers?: Iterable<ChokerDefinition>;
  readonly pickers?: Iterable<PickerDefinition>;
}

/** A registry with `added` besides what is in `strategies`. A name that is taken is an error. */
export function addStrategies(strategies: Strategies, added: NewStrategies): Strategies {
  return {
    chokers: join("choker", strategies.chokers, added.chokers),
    pickers: join("picker", strategies.pickers, added.pickers),
  };
}

/** The choker called `name`; an unknown one is an error that names the nearest. */
export function findChoker(strategies: Strategies, name: string): ChokerDefinition {
  return find("choker", strategies.chokers, name);
}

/** The picker called `name`; an unknown one is an error that names the nearest. */
export function findPicker(strategies: Strategies, name: string): PickerDefinition {
  return find("picker", strategies.pickers, name);
}

/** Whether a scenario's `choker:` or `picker:` is the path of a user's module rather than a name. */
export function isStrategyPath(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

function join<D extends StrategyDefinition>(
  kind: string,
  known: ReadonlyMap<string, D>,
  added: Iterable<D> = [],
): ReadonlyMap<string, D> {
  const all = new Map(known);
  for (const definition of added) {
    if (all.has(definition.name)) {
      throw new StrategyError(`There is a ${kind} called "${definition.name}" already.`);
    }
    all.set(definition.name, definition);
  }
  return all;
}

function find<D>(kind: string, definitions: ReadonlyMap<string, D>, name: string): D {
  const found = definitions.get(name);
  if (found !== undefined) return found;
  if (isStrategyPath(name)) {
    throw new StrategyError(
      `The ${kind} module ${name} is not loaded. Add it, under this name, to the strategies that the run is given.`,
    );
  }
  const near = nearest(name, definitions.keys());
  const known = [...definitions.keys()].join(", ");
  const remedy = near === undefined ? "" : ` Did you mean "${near}"?`;
  throw new StrategyError(
    `There is no ${kind} called "${name}".${remedy} Known: ${known}; or give the path of a module, as in ./my-${kind}.ts.`,
  );
}
