import type { Match } from "../../compare/tournament.ts";
import type { Table } from "../tables.ts";

/** A line of `matches.csv`: two strategies in one swarm. */
export interface MatchRow {
  readonly first: string;
  readonly second: string;
  /** Of the first, 0..1. */
  readonly share: number;
  readonly seed: string;
  readonly firstBytesPerSecond: number | null;
  readonly secondBytesPerSecond: number | null;
  /** ln of the first's speed over the second's. */
  readonly logRatio: number | null;
}

export const matchesTable: Table<MatchRow> = {
  file: "matches.csv",
  columns: {
    first: "text",
    second: "text",
    share: "number",
    seed: "text",
    firstBytesPerSecond: "number?",
    secondBytesPerSecond: "number?",
    logRatio: "number?",
  },
};

/** A match with the speeds of both sides, a seed each. */
export interface PlayedMatch extends Match {
  readonly firstSpeeds: readonly (number | null)[];
  readonly secondSpeeds: readonly (number | null)[];
}

export function matchRows(
  strategies: readonly string[],
  seeds: readonly string[],
  matches: readonly PlayedMatch[],
): MatchRow[] {
  return matches.flatMap((match) =>
    seeds.map((seed, at) => ({
      first: strategies[match.first] ?? "",
      second: strategies[match.second] ?? "",
      share: match.share,
      seed,
      firstBytesPerSecond: match.firstSpeeds[at] ?? null,
      secondBytesPerSecond: match.secondSpeeds[at] ?? null,
      logRatio: match.logRatios[at] ?? null,
    })),
  );
}
