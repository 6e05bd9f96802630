import type { Choker } from "../engine/choker.ts";
import type { Picker } from "../engine/picker.ts";

/** Values of a strategy's options, as a scenario gives them. */
export type StrategyOptions = Readonly<Record<string, number | string | boolean>>;

/** An option that a strategy takes. */
export interface OptionDefinition {
  readonly default: number | string | boolean;
  /** One sentence for `sim strategies` and the docs, with the unit. */
  readonly summary: string;
}

interface Definition {
  readonly name: string;
  /** One sentence and the source. */
  readonly summary: string;
  readonly options?: Readonly<Record<string, OptionDefinition>>;
}

export interface ChokerDefinition extends Definition {
  create(options: StrategyOptions): Choker;
  /** Leecher state only: when the client seeds, the class's seed choker (or the profile's) takes over. */
  readonly leecherOnly?: boolean;
}

export interface PickerDefinition extends Definition {
  create(options: StrategyOptions): Picker;
}

/** The strategies a run may name: the built-in ones, and what a user brings. */
export interface Strategies {
  readonly chokers: ReadonlyMap<string, ChokerDefinition>;
  readonly pickers: ReadonlyMap<string, PickerDefinition>;
}
