import { type MeanOfSeeds, meanOfSeeds } from "./shares.ts";

/** Two strategies in one swarm, with some share each, once for each seed. */
export interface Match {
  /** Indexes of the strategies. */
  readonly first: number;
  readonly second: number;
  /** Of the first, 0..1. */
  readonly share: number;
  /** ln of how many times as fast the first is as the second, a seed each; null where one of them has no peers. */
  readonly logRatios: readonly (number | null)[];
}

/** One strategy against another, over all shares and sides. */
export interface Pairing {
  readonly opponent: string;
  /** ln of how many times as fast it is as the opponent. */
  readonly logRatio: MeanOfSeeds | null;
  /** Runs in which it was faster, about as fast, and slower. */
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
}

export interface Standing {
  readonly strategy: string;
  /** Over all opponents: the mean of its pairings, seed by seed. */
  readonly logRatio: MeanOfSeeds | null;
  /** Opponents in the order in which the strategies were given, itself left out. */
  readonly pairings: readonly Pairing[];
  /** Median speed when all play it, in bytes per second, a seed each. */
  readonly alone: readonly (number | null)[];
}

/** Less than this apart is a draw: 2 %, as ln. */
export const drawBelow = 0.02;

/**
 * The strategies of a tournament, the best first. Every match counts for both: `alone` is each strategy's speed in a swarm of
 * its own, which does not count.
 */
export function standings(
  strategies: readonly string[],
  matches: readonly Match[],
  alone: readonly (readonly (number | null)[])[],
): Standing[] {
  const all = strategies.map((strategy, at): Standing => {
    const opponents = strategies.map((_, other) => other).filter((other) => other !== at);
    const pairings = opponents.map((other) =>
      pairing(strategies[other] as string, at, other, matches),
    );
    const perSeed = meanBySeed(pairings.map(({ logRatio }) => logRatio?.perSeed ?? []));
    return { strategy, logRatio: meanOfSeeds(perSeed), pairings, alone: alone[at] ?? [] };
  });
  // In the order in which they were given where they are equal; who has no match comes last.
  return all
    .map((standing, at) => ({ standing, at }))
    .sort((a, b) => score(b.standing) - score(a.standing) || a.at - b.at)
    .map(({ standing }) => standing);
}

function score({ logRatio }: Standing): number {
  return logRatio?.mean ?? Number.NEGATIVE_INFINITY;
}

function pairing(opponent: string, own: number, other: number, matches: readonly Match[]): Pairing {
  const ratios: (readonly (number | null)[])[] = [];
  for (const { first, second, logRatios } of matches) {
    if (first === own && second === other) ratios.push(logRatios);
    if (first === other && second === own) {
      ratios.push(logRatios.map((ratio) => (ratio === null ? null : 0 - ratio)));
    }
  }
  const played = ratios.flat().filter((ratio) => ratio !== null);
  return {
    opponent,
    logRatio: meanOfSeeds(meanBySeed(ratios)),
    wins: played.filter((ratio) => ratio >= drawBelow).length,
    draws: played.filter((ratio) => Math.abs(ratio) < drawBelow).length,
    losses: played.filter((ratio) => ratio <= -drawBelow).length,
  };
}

/** The mean of several lists at each seed, over those that have a value there. */
function meanBySeed(lists: readonly (readonly (number | null)[])[]): (number | null)[] {
  const seeds = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: seeds }, (_, at) => {
    const values = lists.map((list) => list[at] ?? null).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
  });
}
