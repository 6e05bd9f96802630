import type { ClientSettings } from "../../engine/settings.ts";

/** By which clients of this kind know each other (Piatek 2007, §4.4: through the peer id). */
export const bitTyrantMark = "TYRT";

/** Piatek 2007, §4.2: as many peers as the tracker gives, asked for as often as it allows; 500 in the shipped client. */
export const wideView: Partial<ClientSettings> = {
  maxConnections: 500,
  maxInitiate: 500,
  minPeers: 500,
  maxSpares: 500,
  numwant: 200,
  reannounceInterval: 60_000, // §4.2, as often as allowed: the tracker's least interval decides
};
