import { readFileSync } from "node:fs";

/** The scenario of the bench and what makes it one of `leechers` leechers. */
export function flashcrowd(leechers: number): { text: string; overrides: string[] } {
  const dsl = Math.round(0.6 * leechers);
  const cable = Math.round(0.3 * leechers);
  const counts = { dsl, cable, fibre: leechers - dsl - cable };
  // The sources run from dist-bench/test/bench; the scenario stays where it is.
  const file = new URL("../../../test/bench/scenarios/flashcrowd.yaml", import.meta.url);
  return {
    text: readFileSync(file, "utf8"),
    overrides: Object.entries(counts).map(([name, count]) => `peers.${name}.count=${count}`),
  };
}
