import { randomBelow } from "../../core/random.ts";
import type { PieceChoice } from "../../engine/picker.ts";
import type { PickerDefinition } from "../registry.ts";

/** What rarest first is measured against. */
export const random: PickerDefinition = {
  name: "random",
  summary: "Starts any piece, all equally likely: a control for rarest-first.",
  create: () => ({ pick: pickAny }),
};

function pickAny({ candidates, random }: PieceChoice): number {
  let count = 0;
  for (let piece = candidates.next(0); piece >= 0; piece = candidates.next(piece + 1)) count++;
  let piece = candidates.next(0);
  for (let skip = randomBelow(random, count); skip > 0; skip--) piece = candidates.next(piece + 1);
  return piece;
}
