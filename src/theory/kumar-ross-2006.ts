import { above0, atLeast0, whole } from "./input.ts";

/** A file that one side has and everybody on the other side wants. Sizes in bytes, rates in bytes per second. */
export interface FluidSwarm {
  /** F: size of the file. */
  readonly size: number;
  /** N: peers that want it. */
  readonly leechers: number;
  /** u_s: uplinks of all seeders together, or of the server. */
  readonly seedUpload: number;
  /** u_1 + … + u_N: uplinks of all leechers together. */
  readonly leecherUpload: number;
  /** d_min: the slowest leecher's downlink. */
  readonly slowestDownload: number;
}

/**
 * The least time in seconds in which everybody can have the file: max(F / u_s, F / d_min, N F / (u_s + u_1 + … + u_N)). A
 * fluid reaches it, with everybody there from the start to the end. It stays a bound on the last completion when peers come
 * later or leave once they are done; a single peer, or the mean, may be below it (Kumar and Ross, HotWeb 2006).
 */
export function minimumDistributionTime(swarm: FluidSwarm): number {
  const { size, leechers, seedUpload, leecherUpload, slowestDownload } = checked(swarm);
  return Math.max(
    size / seedUpload,
    size / slowestDownload,
    (leechers * size) / (seedUpload + leecherUpload),
  );
}

/** The same when the leechers upload nothing: max(N F / u_s, F / d_min). */
export function clientServerTime(swarm: Omit<FluidSwarm, "leecherUpload">): number {
  return minimumDistributionTime({ ...swarm, leecherUpload: 0 });
}

function checked(swarm: FluidSwarm): FluidSwarm {
  atLeast0("size", swarm.size);
  whole("leechers", swarm.leechers, 1);
  above0("seedUpload", swarm.seedUpload);
  atLeast0("leecherUpload", swarm.leecherUpload);
  above0("slowestDownload", swarm.slowestDownload);
  return swarm;
}
