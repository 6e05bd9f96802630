import type { Neighbour } from "../../engine/choker.ts";

// The exchange between two BitTyrant clients: the paper (§4.4) says that they ramp up block for block until an uplink is
// full; the numbers are those of the released client (1.1, `JarUnchoker`), in bytes.

/** A new peer gets so much a round, until it got so much; after that, so many times what it gave. */
const TRIAL = 32_768; // JarUnchoker
const TRIAL_END = 100_000; // JarUnchoker
const GROWTH = 1.25; // JarUnchoker

/** The ratio of a peer that got less than this says nothing. */
const UNKNOWN_BELOW = 51_200; // JarUnchoker: 50 KiB
const UNKNOWN_RATIO = 0.99; // JarUnchoker

/** What another BitTyrant client is to get in the next round, in bytes; 0 or less when it has to give first. */
export function owedTo({ uploaded, downloaded }: Neighbour): number {
  return uploaded < TRIAL_END ? TRIAL : GROWTH * downloaded - uploaded;
}

/** What it gave for each byte that it got. */
export function blockRatio({ uploaded, downloaded }: Neighbour): number {
  return uploaded < UNKNOWN_BELOW ? UNKNOWN_RATIO : downloaded / uploaded;
}
