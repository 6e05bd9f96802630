import type { Clock } from "../core/clock.ts";
import type { Choker } from "../engine/choker.ts";
import type { Picker } from "../engine/picker.ts";
import { type ProfileName, profileSeedChokers } from "../engine/profiles.ts";
import type { ClientSettings } from "../engine/settings.ts";
import { describeError, guardChoker, guardPicker } from "./guard.ts";
import { checkOptions, completeOptions } from "./options.ts";
import {
  findChoker,
  findPicker,
  type Strategies,
  type StrategyDefinition,
  type StrategyOptions,
} from "./registry.ts";
import { StrategyError } from "./strategy-error.ts";

/** A strategy by name, with its options. */
export interface NamedStrategy {
  readonly name: string;
  readonly options: StrategyOptions;
}

/** What a class of peers says about its strategies. */
export interface StrategyChoices {
  readonly role: "seeder" | "leecher";
  readonly choker: NamedStrategy;
  /** Undefined: the choker itself where it serves seeders too, else the profile's. */
  readonly seedChoker: NamedStrategy | undefined;
  readonly picker: NamedStrategy;
  readonly profile: ProfileName;
  readonly settings: ClientSettings;
}

/** The strategies of one client, guarded. Both chokers are one object where one serves both states. */
export interface ClientStrategies {
  readonly choker: Choker;
  readonly seedChoker: Choker;
  readonly picker: Picker;
}

/** Makes the strategies of the client called `peer` ("dsl/3"). A wrong choice is a StrategyError. */
export function createStrategies(
  strategies: Strategies,
  choices: StrategyChoices,
  peer: string,
  clock: Clock,
): ClientStrategies {
  const { picker, settings } = choices;
  const { leeching, seeding } = chokersOf(strategies, choices);
  const choker = createChoker(strategies, leeching, settings, peer, clock);
  return {
    choker,
    seedChoker:
      seeding === leeching ? choker : createChoker(strategies, seeding, settings, peer, clock),
    picker: createPicker(strategies, picker, settings, peer, clock),
  };
}

/** Finds what is wrong with a class's strategies before a run: names, options, and which state a choker serves. */
export function checkStrategies(strategies: Strategies, choices: StrategyChoices): void {
  const { leeching, seeding } = chokersOf(strategies, choices);
  checkOptions(findChoker(strategies, choices.choker.name), choices.choker.options);
  checkOptions(findChoker(strategies, leeching.name), leeching.options);
  checkOptions(findChoker(strategies, seeding.name), seeding.options);
  checkOptions(findPicker(strategies, choices.picker.name), choices.picker.options);
}

/** One guarded choker. */
export function createChoker(
  strategies: Strategies,
  choice: NamedStrategy,
  settings: ClientSettings,
  peer: string,
  clock: Clock,
): Choker {
  const definition = findChoker(strategies, choice.name);
  return guardChoker(made(definition, choice, settings, peer), definition.name, peer, clock);
}

/** One guarded picker. */
export function createPicker(
  strategies: Strategies,
  choice: NamedStrategy,
  settings: ClientSettings,
  peer: string,
  clock: Clock,
): Picker {
  const definition = findPicker(strategies, choice.name);
  return guardPicker(made(definition, choice, settings, peer), definition.name, peer, clock);
}

/** Which choker serves which state. A seeder never leeches, so it has one for both. */
function chokersOf(
  strategies: Strategies,
  choices: StrategyChoices,
): { leeching: NamedStrategy; seeding: NamedStrategy } {
  const { role, choker, seedChoker, profile } = choices;
  const own = findChoker(strategies, choker.name);
  if (own.seederOnly && role === "leecher") {
    throw new StrategyError(
      `Choker "${choker.name}" is for seeders only: name it as seedChoker, and another as choker.`,
    );
  }
  const byDefault = own.leecherOnly ? { name: profileSeedChokers[profile], options: {} } : choker;
  const seeding = seedChoker ?? byDefault;
  if (findChoker(strategies, seeding.name).leecherOnly) {
    throw new StrategyError(
      `Choker "${seeding.name}" is for leechers only, and cannot be a seedChoker.`,
    );
  }
  return { leeching: role === "seeder" ? seeding : choker, seeding };
}

function made<S>(
  definition: StrategyDefinition & {
    create(options: StrategyOptions, settings: ClientSettings): S;
  },
  choice: NamedStrategy,
  settings: ClientSettings,
  peer: string,
): S {
  const options = completeOptions(definition, choice.options, settings);
  try {
    return definition.create(options, settings);
  } catch (error) {
    throw new StrategyError(
      `"${definition.name}" of ${peer}: create() threw ${describeError(error)}`,
      { cause: error },
    );
  }
}
