import type { PieceChoice } from "../../engine/picker.ts";
import type { PickerDefinition } from "../registry.ts";

/** As a player needs them, from the first piece on. */
export const sequential: PickerDefinition = {
  name: "sequential",
  summary: "Starts the first missing piece, as for playing while downloading.",
  create: () => ({ pick: pickFirst, ownFirstPieces: true }),
};

function pickFirst({ candidates }: PieceChoice): number {
  return candidates.next(0);
}
