import type { Experiment } from "./experiment.ts";
import { mundinger2006Bound } from "./mundinger-2006-bound.ts";
import { piatek2007Everybody } from "./piatek-2007-everybody.ts";
import { piatek2007Live } from "./piatek-2007-live.ts";
import { piatek2007Single } from "./piatek-2007-single.ts";

/** The experiments that there are, in the order in which the docs list them. */
export const experiments: readonly Experiment[] = [
  piatek2007Live,
  piatek2007Single,
  piatek2007Everybody,
  mundinger2006Bound,
];
