import { bharambe2006Fairness } from "./bharambe-2006-fairness.ts";
import { bharambe2006SeedBandwidth } from "./bharambe-2006-seed-bandwidth.ts";
import type { Experiment } from "./experiment.ts";
import { hajekZhu2010OneClub } from "./hajek-zhu-2010-one-club.ts";
import { legout2006RarestFirst } from "./legout-2006-rarest-first.ts";
import { legout2007Clustering } from "./legout-2007-clustering.ts";
import { mundinger2006Bound } from "./mundinger-2006-bound.ts";
import { piatek2007Everybody } from "./piatek-2007-everybody.ts";
import { piatek2007Live } from "./piatek-2007-live.ts";
import { piatek2007Single } from "./piatek-2007-single.ts";
import { qiuSrikant2004FreeRiders } from "./qiu-srikant-2004-free-riders.ts";
import { qiuSrikant2004Scaling } from "./qiu-srikant-2004-scaling.ts";
import { sirivianos2007LargeView } from "./sirivianos-2007-large-view.ts";

/** The experiments that there are, in the order in which the docs list them. */
export const experiments: readonly Experiment[] = [
  piatek2007Live,
  piatek2007Single,
  piatek2007Everybody,
  bharambe2006SeedBandwidth,
  bharambe2006Fairness,
  legout2007Clustering,
  legout2006RarestFirst,
  qiuSrikant2004Scaling,
  qiuSrikant2004FreeRiders,
  sirivianos2007LargeView,
  hajekZhu2010OneClub,
  mundinger2006Bound,
];
