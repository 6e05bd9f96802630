/** A point of a cumulative distribution: the share `cdf` of peers (0..1) has at most `value`. */
export interface CapacityPoint {
  readonly cdf: number;
  /** Bytes per second. */
  readonly value: number;
}

/** An access class: a share `weight` of the peers has these links, in bits per second. */
export interface AccessClass {
  readonly download: number;
  readonly upload: number;
  readonly weight: number;
}

/**
 * Upload capacities of 301,595 addresses that a measuring client met in BitTorrent swarms in April 2006: the points that can
 * be read off the drawn curve, ascending. Linear between them in the logarithm of the capacity is close to the curve.
 * 43 KB/s is the least that the method could tell, so slower modems are missing. Downlinks were not measured, and the paper
 * takes them to be no limit. (Piatek et al., NSDI 2007, Fig. 1, "raw capacity"; 1 KB = 1024 bytes.)
 */
export const piatek2007Upload: readonly CapacityPoint[] = points([
  [0, 43],
  [0.01, 43.9],
  [0.05, 46.5],
  [0.1, 48.3],
  [0.15, 50.1],
  [0.2, 51.8],
  [0.25, 56.4],
  [0.3, 58],
  [0.35, 62.7],
  [0.4, 66.8],
  [0.45, 72],
  [0.5, 77.6],
  [0.55, 86.1],
  [0.6, 91],
  [0.65, 100.5],
  [0.7, 113],
  [0.75, 130],
  [0.8, 179],
  [0.85, 241],
  [0.9, 392],
  [0.925, 879],
  [0.95, 1294],
  [0.96, 2082],
  [0.97, 3804],
  [0.98, 6745],
  [0.99, 10_134],
  [1, 11_804],
]);

/** Of the same peers, what one of their upload slots gives: the second curve of the same figure ("equal split"). */
export const piatek2007EqualSplit: readonly CapacityPoint[] = points([
  [0, 8.6],
  [0.01, 8.8],
  [0.05, 9.3],
  [0.1, 9.7],
  [0.15, 10],
  [0.2, 10.2],
  [0.25, 10.6],
  [0.3, 11],
  [0.35, 11.4],
  [0.4, 11.6],
  [0.45, 11.9],
  [0.5, 12.2],
  [0.55, 12.8],
  [0.6, 13.3],
  [0.65, 13.8],
  [0.7, 14.6],
  [0.75, 15.9],
  [0.8, 18.2],
  [0.85, 20.7],
  [0.9, 26.8],
  [0.925, 39.5],
  [0.95, 47.7],
  [0.96, 60.2],
  [0.97, 80.7],
  [0.98, 107.7],
  [0.99, 131.6],
  [1, 144.6],
]);

/** One third each, slowest first (Bharambe, Herley and Padmanabhan, INFOCOM 2006: their heterogeneous swarm). */
export const bharambe2006Thirds: readonly AccessClass[] = [
  access(784, 128, 1 / 3),
  access(1500, 400, 1 / 3),
  access(6000, 3000, 1 / 3),
];

/** The classes that they gave to peers of a tracker's log (Bharambe et al. 2006). */
export const bharambe2006Trace: readonly AccessClass[] = [
  access(784, 128, 0.2),
  access(1500, 384, 0.4),
  access(3000, 1000, 0.25),
  access(10_000, 5000, 0.15),
];

/** Their classes after Gnutella's peers: modems to hosts in a data centre (Bharambe et al. 2006). */
export const bharambe2006Gnutella: readonly AccessClass[] = [
  access(56, 56, 0.2),
  access(784, 128, 0.25),
  access(1500, 400, 0.25),
  access(6000, 3000, 0.2),
  access(100_000, 100_000, 0.1),
];

/** From pairs of a share and KB/s, as the paper's axes have them. */
function points(pairs: readonly (readonly [number, number])[]): CapacityPoint[] {
  return pairs.map(([cdf, kilobytes]) => ({ cdf, value: kilobytes * 1024 }));
}

/** From kbit/s down and up, as the paper writes them. */
function access(download: number, upload: number, weight: number): AccessClass {
  return { download: download * 1000, upload: upload * 1000, weight };
}
