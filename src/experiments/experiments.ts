import type { Experiment } from "./experiment.ts";
import { mundinger2006Bound } from "./mundinger-2006-bound.ts";

/** The experiments that there are, in the order in which the docs list them. */
export const experiments: readonly Experiment[] = [mundinger2006Bound];
