import { shortName } from "../class-scale.ts";
import { rate, significant } from "../units.ts";
import { meanOf, timesAsFast } from "./times-as-fast.ts";
import type { SharesContent } from "./variant-scale.ts";

/** Texts: how fast two strategies are beside each other, a row a share. */
export function sharesTable({ strategies, results }: SharesContent): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const [first, second] = strategies.map(shortName);
  const rows = results.map((one) => [
    `${significant(one.share * 100, 4)} %`,
    speed(one.first),
    speed(one.second),
    timesAsFast(one.logRatio),
  ]);
  return {
    header: [`share of ${second}`, `${first}`, `${second}`, `${second} ÷ ${first}`],
    rows,
  };
}

function speed(perSeed: readonly (number | null)[]): string {
  const mean = meanOf(perSeed);
  return mean === null ? "–" : rate(mean);
}
