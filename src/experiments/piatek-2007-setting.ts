import type { RunResult } from "../metrics/results.ts";

// What the experiments of Piatek et al. 2007 have in common here. Rates of the paper are in KB/s; KB are 1024 bytes here.

/** The paper scaled its PlanetLab swarms down to a tenth; here they have their full size. */
export const scale = 10;

/** 5 MB, scaled up. */
export const torrent = { size: "50 MiB", pieceLength: "256 KiB" };

/** RTTs are not published: PlanetLab's were some 20 to 250 ms. */
export const network = { delay: { uniform: ["10 ms", "60 ms"] } };

/** The tracker gives up to 200 peers to who asks for them, which is BitTyrant alone. */
export const tracker = { numwant: 200, minInterval: "1 min" };

/** Three seeders with 128 KB/s in total, scaled up. */
export const origins = {
  class: "origin",
  role: "seeder",
  count: 3,
  upload: `${((scale * 128) / 3).toFixed(1)} KiB/s`,
  download: "100 Mbit/s",
  profile: "azureus-2.5",
};

/** Everybody's links: Fig. 1 of the paper, whose downlinks were not measured. */
export const links = { upload: { preset: "piatek2007" }, download: "unlimited" };

/** An ordinary peer: Azureus with its four slots; 50 to 100 neighbours (§4.2), of which it dials no more than 60. */
export const ordinary = {
  profile: "azureus-2.5",
  choker: "azureus",
  settings: { maxConnections: 100, maxInitiate: 60 },
};

/** The two clients that are compared. */
export const clients = {
  Azureus: { ...ordinary },
  BitTyrant: { profile: "azureus-2.5", choker: "bittyrant" },
};

export type ClientName = keyof typeof clients;

/** Completion time of the first peer of a class to complete, in seconds; null when none did. */
export function firstCompletion(result: RunResult, className: string): number | null {
  for (const peer of result.peers) {
    if (peer.class === className && peer.completionSeconds !== null) return peer.completionSeconds;
  }
  return null;
}

/** The sample standard deviation; null of fewer than two. */
export function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (values.length - 1));
}
