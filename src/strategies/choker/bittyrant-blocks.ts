import type { Neighbour } from "../../engine/choker.ts";

// The exchange between two BitTyrant clients. The paper (§4.4) says that they ramp up block for block until an uplink is full,
// and no more than that. It begins here as with any peer, with the initial u for one round; by how much they ramp up is from
// the released client (1.1, `JarUnchoker`).

/** A peer gets so many times what it gave. */
const GROWTH = 1.25; // JarUnchoker

/** What another BitTyrant client is to get in the next round, in bytes, `trial` in its first; 0 or less: it has to give first. */
export function owedTo({ uploaded, downloaded }: Neighbour, trial: number): number {
  return Math.max(trial - uploaded, GROWTH * downloaded - uploaded);
}

/** What it gave for each byte that it got; 1 in its trial. */
export function blockRatio({ uploaded, downloaded }: Neighbour, trial: number): number {
  return uploaded < trial ? 1 : downloaded / uploaded;
}
