import type { Standing } from "../../compare/tournament.ts";

/** What the charts of a tournament are drawn from. */
export interface TournamentContent {
  /** In the order in which they were given, which decides their colours. */
  readonly strategies: readonly string[];
  readonly seeds: readonly string[];
  /** Of one side, 0..1. */
  readonly shares: readonly number[];
  /** The best first. */
  readonly standings: readonly Standing[];
}

/** `50 %` or `10 %, 50 % and 90 %`: the shares as a sentence has them. */
export function sharesText({ shares }: TournamentContent): string {
  const texts = shares.map((share) => `${Number((share * 100).toPrecision(4))} %`);
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}
