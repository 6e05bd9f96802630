import { azureus } from "./choker/azureus.ts";
import { azureusSeed } from "./choker/azureus-seed.ts";
import { birds } from "./choker/birds.ts";
import { bitThief } from "./choker/bitthief.ts";
import { bitTyrant } from "./choker/bittyrant.ts";
import { bitTyrantReleased } from "./choker/bittyrant-1.1.ts";
import { fairTorrent } from "./choker/fairtorrent.ts";
import { fastestUpload } from "./choker/fastest-upload.ts";
import { groupBlockTitForTat } from "./choker/group-block-tft.ts";
import { largeView } from "./choker/large-view.ts";
import { ltAntiLeech } from "./choker/lt-anti-leech.ts";
import { ltFastest } from "./choker/lt-fastest.ts";
import { ltRoundRobin } from "./choker/lt-round-robin.ts";
import { newSeed } from "./choker/new-seed.ts";
import { none } from "./choker/none.ts";
import { oldSeed } from "./choker/old-seed.ts";
import { optimisticOnly } from "./choker/optimistic-only.ts";
import { pairwiseBlockTitForTat } from "./choker/pairwise-block-tft.ts";
import { propShare } from "./choker/propshare.ts";
import { random as randomChoker } from "./choker/random.ts";
import { roundRobin } from "./choker/round-robin.ts";
import { titForTwoTats } from "./choker/tf2t.ts";
import { titForTat } from "./choker/tit-for-tat.ts";
import { bitThief as bitThiefPicker } from "./picker/bitthief.ts";
import { random as randomPicker } from "./picker/random.ts";
import { rarestFirst } from "./picker/rarest-first.ts";
import { rarityWithhold } from "./picker/rarity-withhold.ts";
import { sequential } from "./picker/sequential.ts";
import { smartSeed } from "./picker/smartseed.ts";
import { superSeeding } from "./picker/super-seeding.ts";
import {
  addStrategies,
  type ChokerDefinition,
  type PickerDefinition,
  type Strategies,
} from "./registry.ts";

const chokers: readonly ChokerDefinition[] = [
  titForTat,
  bitTyrant,
  bitTyrantReleased,
  azureus,
  newSeed,
  oldSeed,
  azureusSeed,
  ltRoundRobin,
  ltFastest,
  ltAntiLeech,
  titForTwoTats,
  birds,
  propShare,
  fairTorrent,
  pairwiseBlockTitForTat,
  groupBlockTitForTat,
  optimisticOnly,
  fastestUpload,
  roundRobin,
  randomChoker,
  none,
  bitThief,
  largeView,
];

const pickers: readonly PickerDefinition[] = [
  rarestFirst,
  randomPicker,
  sequential,
  superSeeding,
  smartSeed,
  rarityWithhold,
  bitThiefPicker,
];

/** The strategies that come with Swarmlab, in the order in which the docs list them. */
export const builtInStrategies: Strategies = addStrategies(
  { chokers: new Map(), pickers: new Map() },
  { chokers, pickers },
);
