import type { Clock } from "../core/clock.ts";
import type { Choker } from "../engine/choker.ts";
import type { Picker } from "../engine/picker.ts";
import { type ProfileName, profileSeedChokers, profiles } from "../engine/profiles.ts";
import type { ClientSettings } from "../engine/settings.ts";
import { describeError } from "./describe.ts";
import { guardChoker } from "./guard-choker.ts";
import { guardPicker } from "./guard-picker.ts";
import type { StrategyWatch } from "./guarded-calls.ts";
import { checkOptions, completeOptions } from "./options.ts";
import {
  findChoker,
  findPicker,
  isStrategyPath,
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
  /** As the class has them, and of these what it says itself rather than its profile. */
  readonly settings: ClientSettings;
  readonly ownSettings: Partial<ClientSettings>;
}

/** The strategies of one client, guarded. Both chokers are one object where one serves both states. */
export interface ClientStrategies {
  readonly choker: Choker;
  readonly seedChoker: Choker;
  readonly picker: Picker;
}

/**
 * A class's settings: its profile's, over them those that its choker and its picker are defined with, over these its own.
 * Doing it twice changes nothing.
 */
export function settingsOf(strategies: Strategies, choices: StrategyChoices): ClientSettings {
  const settings = {
    ...profiles[choices.profile],
    ...findChoker(strategies, choices.choker.name).settings,
    ...findPicker(strategies, choices.picker.name).settings,
    ...choices.ownSettings,
  };
  const { minPeers, maxInitiate, maxConnections } = settings;
  // A class that narrows the view of a strategy need not repeat all of it.
  return { ...settings, minPeers: Math.min(minPeers, maxInitiate, maxConnections) };
}

/** The mark that clients of a class carry in their peer ids (`ChokerDefinition.mark`), if any. */
export function markOf(strategies: Strategies, { choker }: StrategyChoices): string | undefined {
  return findChoker(strategies, choker.name).mark;
}

/** Whose strategies are made, for messages ("dsl/3"), and who watches those of users. */
export interface StrategyOwner {
  readonly peer: string;
  readonly clock: Clock;
  readonly watch?: StrategyWatch | undefined;
}

/** Makes the strategies of one client. A wrong choice is a StrategyError. */
export function createStrategies(
  strategies: Strategies,
  choices: StrategyChoices,
  owner: StrategyOwner,
): ClientStrategies {
  const { picker, settings } = choices;
  const { leeching, seeding } = chokersOf(strategies, choices);
  const choker = createChoker(strategies, leeching, settings, owner);
  return {
    choker,
    seedChoker: seeding === leeching ? choker : createChoker(strategies, seeding, settings, owner),
    picker: createPicker(strategies, picker, settings, owner),
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
  owner: StrategyOwner,
): Choker {
  const { peer, clock } = owner;
  const definition = findChoker(strategies, choice.name);
  const watch = watchOf(choice, owner.watch);
  watch?.entered(`Choker "${definition.name}" of ${peer}, create()`, clock.now);
  const choker = made(definition, choice, settings, peer);
  watch?.left();
  return guardChoker(choker, definition.name, peer, clock, watch);
}

/** One guarded picker. */
export function createPicker(
  strategies: Strategies,
  choice: NamedStrategy,
  settings: ClientSettings,
  owner: StrategyOwner,
): Picker {
  const { peer, clock } = owner;
  const definition = findPicker(strategies, choice.name);
  const watch = watchOf(choice, owner.watch);
  watch?.entered(`Picker "${definition.name}" of ${peer}, create()`, clock.now);
  const picker = made(definition, choice, settings, peer);
  watch?.left();
  return guardPicker(picker, definition.name, peer, clock, watch);
}

/** Ours return; and they are called too often to be watched for nothing. */
function watchOf(
  { name }: NamedStrategy,
  watch: StrategyWatch | undefined,
): StrategyWatch | undefined {
  return isStrategyPath(name) ? watch : undefined;
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
  const seedName = own.seedChoker ?? profileSeedChokers[profile];
  const byDefault = own.leecherOnly ? { name: seedName, options: {} } : choker;
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
