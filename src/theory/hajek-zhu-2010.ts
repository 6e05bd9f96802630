import { above0, atLeast0 } from "./input.ts";

/** A swarm of random contacts, whose peers come without a piece and take any that is of use. Rates in the same unit of time. */
export interface MissingPiece {
  /** λ: peers that come. */
  readonly arrivals: number;
  /** U_s: pieces that the one steady seeder uploads. */
  readonly seedRate: number;
  /** Pieces that a peer uploads in the mean after it has completed; 0 if it leaves at once, and if not given. */
  readonly extraUploads?: number;
}

/**
 * Growth of the "one club", the peers that lack one and the same piece, in peers per unit of time. All who come join it, and
 * only who has the piece can end it: λ - U_s. A member that stays after its last piece serves others, who do the same, so that a
 * piece of the seeder's makes 1 / (1 - extra) members leave; from one extra upload each on there is no club that would last.
 * Below 0 it shrinks (Hajek and Zhu, arXiv 1002.3493; for those who stay Zhu and Hajek 2012).
 */
export function oneClubGrowth(swarm: MissingPiece): number {
  const { arrivals, seedRate, extraUploads = 0 } = swarm;
  atLeast0("arrivals", arrivals);
  above0("seedRate", seedRate);
  atLeast0("extraUploads", extraUploads);
  if (extraUploads >= 1) return Number.NEGATIVE_INFINITY;
  return arrivals - seedRate / (1 - extraUploads);
}

/** Whether the number of peers stays bounded, whatever useful piece peers take, the rarest included. At the limit: no. */
export function isStable(swarm: MissingPiece): boolean {
  return oneClubGrowth(swarm) < 0;
}
