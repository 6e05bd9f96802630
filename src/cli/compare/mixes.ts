import type { Scenario } from "../../scenario/scenario.ts";
import { InputError } from "../exit-codes.ts";
import type { NamedStrategy } from "./dimensions.ts";

/** Two strategies in the same populations, and the classes by which each is known there. */
export interface Mix {
  /** As `path=value`. */
  readonly overrides: readonly string[];
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** The classes of these names, or all classes of leechers; they must not be mixed already. */
export function populations({ peers }: Scenario, names: readonly string[]): string[] {
  const chosen =
    names.length > 0
      ? names
      : peers.filter(({ role }) => role === "leecher").map(({ name }) => name);
  for (const name of chosen) {
    const own = peers.find((one) => one.name === name || one.mix?.population === name);
    if (own === undefined) {
      const known = peers.map((one) => one.name).join(", ");
      throw new InputError(`--for ${name}: there is no class "${name}". Classes: ${known}.`);
    }
    if (own.mix !== undefined) {
      throw new InputError(
        `Class ${own.mix.population} is a mix already. Take mix out of it, or name other classes with --for.`,
      );
    }
    if (own.role === "seeder") {
      throw new InputError(`--for ${name}: these are seeders. Name a class of leechers.`);
    }
  }
  return [...new Set(chosen)];
}

/** `first` with this share of each population, and `second` with the rest. The first takes its place before the other. */
export function mixOf(
  scenario: Scenario,
  classes: readonly string[],
  [first, second]: readonly [NamedStrategy, NamedStrategy],
  share: number,
): Mix {
  const names = classes.map((name) => {
    const own = [first, second].map((strategy) => memberName(name, strategy.label));
    const taken = scenario.peers.map((one) => one.name);
    const isClear = own[0] !== own[1] && !own.some((one) => taken.includes(one));
    return isClear ? own : [1, 2].map((number) => `${name.slice(0, 58)}-side${number}`);
  });
  const overrides = classes.map((name, at) => {
    const [one, other] = names[at] ?? [];
    return (
      `peers.${name}.mix=[{ class: ${one}, share: ${share}, choker: ${first.yaml} }, ` +
      `{ class: ${other}, choker: ${second.yaml} }]`
    );
  });
  const side = (at: number) => names.map((own) => own[at] as string);
  return { overrides, first: side(0), second: side(1) };
}

function memberName(population: string, strategy: string): string {
  return `${population}-${strategy.replace(/[^\p{L}\p{N}_-]+/gu, "-")}`.slice(0, 64);
}

/** Numbers from 0 to 1 with commas between them. */
export function sharesOf(option: string, text: string): number[] {
  const shares = text.split(",").map((part) => {
    const share = Number(part);
    if (part.trim() !== "" && share >= 0 && share <= 1) return share;
    throw new InputError(`${option} ${text}: "${part.trim()}" must be a number from 0 to 1.`);
  });
  const twice = shares.find((share, at) => shares.indexOf(share) < at);
  if (twice === undefined) return shares;
  throw new InputError(`${option} ${text}: has ${twice} twice.`);
}

/** `25 %`, `12.5 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
