import { measuresOf } from "../compare/measures.ts";
import { figuresOf } from "../compare/run-figures.ts";
import type { RunResult } from "../metrics/results.ts";

/** What a class of leechers gave in one run. Copies are bytes over the size of the file. */
export interface KeptService {
  readonly meanCopies: number | null;
  readonly mostCopies: number | null;
  /** Uploaded over what the uplinks could carry while their peers were in the swarm. */
  readonly utilisation: number | null;
  /** The mean over the samples of what was used at the time: an emptying swarm counts as much as a full one. */
  readonly meanUtilisation: number | null;
}

/** What the peers of a class gave, `size` bytes being a copy. */
export function serviceOf(result: RunResult, className: string, size: number): KeptService {
  const own = result.peers.filter((peer) => peer.class === className);
  const copies = own.map(({ uploadedBytes }) => uploadedBytes / size);
  const total = copies.reduce((sum, one) => sum + one, 0);
  const shares = result.samples.flatMap((sample) =>
    sample.class === className && sample.leechers > 0 ? (sample.uplinkUtilisation ?? []) : [],
  );
  const sumOfShares = shares.reduce((sum, one) => sum + one, 0);
  return {
    meanCopies: copies.length === 0 ? null : total / copies.length,
    mostCopies: copies.length === 0 ? null : Math.max(...copies),
    utilisation: measuresOf(figuresOf(result), className).uplinkUtilisation,
    meanUtilisation: shares.length === 0 ? null : sumOfShares / shares.length,
  };
}
