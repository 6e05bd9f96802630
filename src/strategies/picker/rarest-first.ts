import { type Random, randomBelow } from "../../core/random.ts";
import type { Candidates, PieceChoice } from "../../engine/picker.ts";
import type { PickerDefinition } from "../registry.ts";

/** Cohen 2003, §2.4. The random first pieces, strict priority and endgame that belong to it are the engine's. */
export const rarestFirst: PickerDefinition = {
  name: "rarest-first",
  summary: "Starts a piece that the fewest neighbours have, drawn among equals (Cohen 2003).",
  create: () => ({ pick: pickRarest }),
};

export function pickRarest({ candidates, random, availability }: PieceChoice): number {
  return fewest(candidates, random, availability);
}

/**
 * The candidate with the fewest `copies`, drawn among equals. One pass; each of the rarest so far replaces the last with
 * probability 1 / (how many there are).
 */
export function fewest(
  candidates: Candidates,
  random: Random,
  copies: (piece: number) => number,
): number {
  let rarest = -1;
  let least = Number.POSITIVE_INFINITY;
  let ties = 0;
  for (let piece = candidates.next(0); piece >= 0; piece = candidates.next(piece + 1)) {
    const found = copies(piece);
    if (found < least) {
      rarest = piece;
      least = found;
      ties = 1;
    } else if (found === least && randomBelow(random, ++ties) === 0) {
      rarest = piece;
    }
  }
  return rarest;
}
