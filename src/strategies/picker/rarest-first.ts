import { randomBelow } from "../../core/random.ts";
import type { PieceChoice } from "../../engine/picker.ts";
import type { PickerDefinition } from "../registry.ts";

/** Cohen 2003, §2.4. The random first pieces, strict priority and endgame that belong to it are the engine's. */
export const rarestFirst: PickerDefinition = {
  name: "rarest-first",
  summary: "Starts a piece that the fewest neighbours have, drawn among equals (Cohen 2003).",
  create: () => ({ pick: pickRarest }),
};

/** One pass; each of the rarest so far replaces the last with probability 1 / (how many there are). */
function pickRarest(choice: PieceChoice): number {
  const { candidates, random } = choice;
  let rarest = -1;
  let fewest = Number.POSITIVE_INFINITY;
  let ties = 0;
  for (let piece = candidates.next(0); piece >= 0; piece = candidates.next(piece + 1)) {
    const copies = choice.availability(piece);
    if (copies < fewest) {
      rarest = piece;
      fewest = copies;
      ties = 1;
    } else if (copies === fewest && randomBelow(random, ++ties) === 0) {
      rarest = piece;
    }
  }
  return rarest;
}
