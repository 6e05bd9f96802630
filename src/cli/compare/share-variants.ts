import type { Scenario } from "../../scenario/scenario.ts";
import type { NamedStrategy } from "./dimensions.ts";
import { type Mix, mixOf, percent } from "./mixes.ts";
import type { Variant } from "./variants.ts";

/** A variant for each share of the second of two strategies. */
export interface ShareVariants {
  readonly variants: readonly Variant[];
  /** In the same order. */
  readonly mixes: readonly (Pick<Mix, "first" | "second"> & { readonly share: number })[];
  readonly strategies: readonly [string, string];
}

export function shareVariants(
  scenario: Scenario,
  classes: readonly string[],
  strategies: readonly [NamedStrategy, NamedStrategy],
  shares: readonly number[],
): ShareVariants {
  const [{ label: first }, { label: second, given }] = strategies;
  const mixed = shares.map((share) => {
    // What rounding leaves of 1 - 0.9 is no share that anybody gave.
    const rest = Number((1 - share).toFixed(12));
    return { share, ...mixOf(scenario, classes, strategies, rest) };
  });
  return {
    variants: mixed.map(({ share, overrides }) => ({
      name: `${percent(share)} ${second}`,
      overrides,
      origins: new Map(overrides.map((one) => [one, `--choker ${strategies[0].given},${given}`])),
    })),
    mixes: mixed.map(({ share, first: one, second: other }) => ({
      share,
      first: one,
      second: other,
    })),
    strategies: [first, second],
  };
}
