import type { PickerDefinition } from "../registry.ts";
import { random } from "./random.ts";

/**
 * BitThief (Locher 2006): takes whatever it is offered, and looks like a newcomer for ever, so that nobody expects anything
 * of it.
 */
export const bitThief: PickerDefinition = {
  name: "bitthief",
  summary: "Starts any piece, and never tells what it has (Locher 2006).",
  create: (options, settings) => ({
    pick: random.create(options, settings).pick,
    ownFirstPieces: true,
    reveal: () => -1,
  }),
};
