import type { Standing } from "../../compare/tournament.ts";
import { meanOf, timesAsFast } from "../comparison/times-as-fast.ts";
import { rate, ratio } from "../units.ts";
import type { TournamentContent } from "./tournament-content.ts";

/** A table of texts. */
export interface TextRows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A line a strategy, the best first. */
export function standingsTable({ standings }: TournamentContent): TextRows {
  return {
    header: ["strategy", "times as fast", "won", "drawn", "lost", "alone"],
    rows: standings.map((standing) => {
      const { strategy, logRatio, pairings, alone } = standing;
      const total = (key: "wins" | "draws" | "losses") =>
        String(pairings.reduce((sum, one) => sum + one[key], 0));
      const speed = meanOf(alone);
      return [
        strategy,
        timesAsFast(logRatio),
        total("wins"),
        total("draws"),
        total("losses"),
        speed === null ? "–" : rate(speed),
      ];
    }),
  };
}

/** How many times as fast the strategy of a row is as that of a column, both in the order of the standings. */
export function matrixTable({ standings }: TournamentContent): TextRows {
  const names = standings.map(({ strategy }) => strategy);
  return {
    header: ["times as fast as", ...names],
    rows: standings.map((standing) => [
      standing.strategy,
      ...names.map((opponent) => pairText(standing, opponent)),
    ]),
  };
}

function pairText({ pairings }: Standing, opponent: string): string {
  const logRatio = pairings.find((one) => one.opponent === opponent)?.logRatio;
  return logRatio == null ? "–" : ratio(Math.exp(logRatio.mean));
}
