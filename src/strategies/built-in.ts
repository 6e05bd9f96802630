import { azureus } from "./choker/azureus.ts";
import { azureusSeed } from "./choker/azureus-seed.ts";
import { bitTyrant } from "./choker/bittyrant.ts";
import { fastestUpload } from "./choker/fastest-upload.ts";
import { newSeed } from "./choker/new-seed.ts";
import { none } from "./choker/none.ts";
import { oldSeed } from "./choker/old-seed.ts";
import { random as randomChoker } from "./choker/random.ts";
import { roundRobin } from "./choker/round-robin.ts";
import { titForTat } from "./choker/tit-for-tat.ts";
import { random as randomPicker } from "./picker/random.ts";
import { rarestFirst } from "./picker/rarest-first.ts";
import { sequential } from "./picker/sequential.ts";
import { addStrategies, type Strategies } from "./registry.ts";

/** The strategies that come with Swarmlab, in the order in which the docs list them. */
export const builtInStrategies: Strategies = addStrategies(
  { chokers: new Map(), pickers: new Map() },
  {
    chokers: [
      titForTat,
      bitTyrant,
      azureus,
      newSeed,
      oldSeed,
      azureusSeed,
      fastestUpload,
      roundRobin,
      randomChoker,
      none,
    ],
    pickers: [rarestFirst, randomPicker, sequential],
  },
);
