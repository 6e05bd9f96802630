import type { Scenario } from "../../scenario/scenario.ts";
import type { NamedStrategy } from "./dimensions.ts";
import { mixOf, percent } from "./mixes.ts";
import type { Variant } from "./variants.ts";

/** Two strategies in one swarm. */
export interface PlannedMatch {
  readonly kind: "match";
  /** Indexes of the strategies. */
  readonly first: number;
  readonly second: number;
  /** Of the first, 0..1. */
  readonly share: number;
  /** The classes that play them. */
  readonly firstClasses: readonly string[];
  readonly secondClasses: readonly string[];
}

/** A swarm of one strategy. */
export interface PlannedSolo {
  readonly kind: "alone";
  readonly strategy: number;
  readonly classes: readonly string[];
}

/** A variant of a tournament, and what it is for. */
export interface Round {
  readonly variant: Variant;
  readonly game: PlannedMatch | PlannedSolo;
}

/**
 * Each strategy alone, then every two in one swarm, with each share and on both sides: the peers that play the one in a run
 * play the other in the next, at the same times and over the same links.
 */
export function roundsOf(
  scenario: Scenario,
  classes: readonly string[],
  strategies: readonly NamedStrategy[],
  shares: readonly number[],
): Round[] {
  const rounds = strategies.map((_, at) => soloOf(classes, strategies, at));
  for (let one = 0; one < strategies.length; one++) {
    for (let other = one + 1; other < strategies.length; other++) {
      for (const share of shares) {
        rounds.push(matchOf(scenario, classes, strategies, [one, other], share));
        rounds.push(matchOf(scenario, classes, strategies, [other, one], share));
      }
    }
  }
  return rounds;
}

function soloOf(
  classes: readonly string[],
  strategies: readonly NamedStrategy[],
  strategy: number,
): Round {
  const { label, given, yaml } = strategies[strategy] as NamedStrategy;
  const overrides = classes.map((name) => `peers.${name}.choker=${yaml}`);
  const origins = new Map(overrides.map((one) => [one, `--choker ${given}`]));
  const variant = { name: `${label} alone`, overrides, origins };
  return { variant, game: { kind: "alone", strategy, classes } };
}

function matchOf(
  scenario: Scenario,
  classes: readonly string[],
  strategies: readonly NamedStrategy[],
  [first, second]: readonly [number, number],
  share: number,
): Round {
  const one = strategies[first] as NamedStrategy;
  const other = strategies[second] as NamedStrategy;
  const mix = mixOf(scenario, classes, [one, other], share);
  const { overrides } = mix;
  const given = `--choker ${one.given},${other.given}`;
  const variant = {
    name: `${one.label} (${percent(share)}) + ${other.label}`,
    overrides,
    origins: new Map(overrides.map((text) => [text, given])),
  };
  const classesOf = { firstClasses: mix.first, secondClasses: mix.second };
  return { variant, game: { kind: "match", first, second, share, ...classesOf } };
}
